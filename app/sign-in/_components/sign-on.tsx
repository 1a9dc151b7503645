"use client";

import { LogIn } from "lucide-react";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";

/** Leads to the company's single sign-on, which leads back to the page that was asked for. */
export function SignOn({ name, next }: { name: string; next: string }) {
  const t = useTranslations("signIn");
  return (
    <div className="form sign-on">
      <Button wide icon={LogIn} onClick={() => void signIn("oidc", { callbackUrl: next })}>
        {t("signOn", { name })}
      </Button>
      <p className="small m or">{t("signOnOr")}</p>
    </div>
  );
}
