import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadMembers } from "#lib/members/loaders.ts";
import { MembersView } from "./_components/members-view.tsx";
import { membersSearchSchema } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("members"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MembersPage({ searchParams }: PageProps) {
  const { member, acts } = membersSearchSchema.parse(await searchParams);
  return <MembersView data={await loadMembers(member)} allActs={acts === "all"} />;
}
