import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // main.ts decides about compression, and tsc runs on its own.
  compress: false,
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
};

export default withNextIntl(config);
