import { z } from "zod";
import { DEVELOPER_FILES } from "./types.ts";

export const COLLECTION_SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

export const developerFileSchema = z.enum(DEVELOPER_FILES);
