import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Pages and their files; tRPC and the streams never pass through here.
  compress: true,
  // tsc runs on its own.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  // `npm run dev` is opened by either name.
  allowedDevOrigins: ["127.0.0.1"],
};

export default withNextIntl(config);
