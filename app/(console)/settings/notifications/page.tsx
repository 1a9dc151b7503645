import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadNotifications } from "#lib/notifications/loaders.ts";
import { NotificationsView } from "./_components/notifications-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title") };
}

export default async function NotificationsPage() {
  return <NotificationsView data={await loadNotifications()} />;
}
