import { tryListOf } from "./testing/work-list.ts";

tryListOf(120);
