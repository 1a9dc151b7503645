import { tryListOf } from "./testing/work-list.ts";

tryListOf(1_000);
