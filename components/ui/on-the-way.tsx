"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: marks it, after 200 ms, while the page that it leads to is on the way. Seen only: what arrives is announced. */
export function OnTheWay() {
  const { pending } = useLinkStatus();
  return pending ? <span className="on-the-way" aria-hidden="true" /> : null;
}
