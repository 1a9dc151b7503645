"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { useNewLink } from "./new-link.tsx";
import { RoleField } from "./role-field.tsx";
import type { MemberActs } from "./types.ts";
import { useTrouble } from "./use-trouble.ts";

/** Invites somebody: who they are and what they may do. The link is shown once, and e-mailed where that is set up. */
export function InviteMember({ invite, canMail }: Pick<MemberActs, "invite"> & { canMail: boolean }) {
  const t = useTranslations("members.invite");
  const trouble = useTrouble();
  const router = useRouter();
  const { show } = useNewLink();
  return (
    <ActDialog
      opener={{ text: t("open"), look: "primary", icon: UserPlus, letter: "n" }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={invite}
      about={{}}
      onDone={(link) => {
        show(link);
        router.push(`/settings/members?member=${link.memberId}`, { scroll: false });
      }}
    >
      {(errors) => (
        <>
          <p className="m2">{t(canMail ? "textMail" : "text")}</p>
          <Field
            label={t("email")}
            error={trouble(errors.email)}
            type="email"
            name="email"
            maxLength={254}
            autoComplete="off"
          />
          <Field
            label={t("name")}
            help={t("nameHelp")}
            error={trouble(errors.name)}
            name="name"
            maxLength={80}
            autoComplete="off"
          />
          <RoleField errors={errors} />
        </>
      )}
    </ActDialog>
  );
}
