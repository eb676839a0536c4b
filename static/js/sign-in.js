// Whoever signs in again finds what was typed before, see drafts.js.

import { remember } from "./memory.js";

remember("lobby-session-ended", true);
