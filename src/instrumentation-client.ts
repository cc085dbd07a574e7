import { config } from "zod";

// Before anything else of a page: zod tries `new Function` to see whether it may write code of its own. The content security policy
// forbids that, and every page would report a violation of it.
config({ jitless: true });
