import { expect, it } from "vitest";
import { parseJavaVersion } from "./parse-java-version";

it.each([
  [
    'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)\n',
    { major: 17, version: "17.0.15", vendor: "Debian" },
  ],
  [
    'openjdk version "25.0.3" 2026-04-21 LTS\nOpenJDK Runtime Environment Temurin-25.0.3+9 (build 25.0.3+9-LTS)\n',
    { major: 25, version: "25.0.3", vendor: "Eclipse Temurin" },
  ],
  [
    'java version "1.8.0_452"\nJava(TM) SE Runtime Environment (build 1.8.0_452-b09)\n',
    { major: 8, version: "1.8.0_452", vendor: "Oracle" },
  ],
  ['java version "1.7.0_80"\n', { major: 7, version: "1.7.0_80", vendor: "OpenJDK" }],
  ['openjdk version "16" 2021-03-16\n', { major: 16, version: "16", vendor: "OpenJDK" }],
  ['openjdk version "26-ea" 2026-03-17\n', { major: 26, version: "26-ea", vendor: "OpenJDK" }],
  [
    'Picked up JAVA_TOOL_OPTIONS: -Dversion="9"\nopenjdk version "21.0.12.1" 2026-08-19 LTS\nOpenJDK Runtime Environment Corretto-21\n',
    { major: 21, version: "21.0.12.1", vendor: "Amazon Corretto" },
  ],
  [
    'openjdk version "11.0.2"\r\nOpenJDK 64-Bit Server VM Zulu11.29\r\n',
    { major: 11, version: "11.0.2", vendor: "Azul Zulu" },
  ],
])("reads answer %#", (output, expected) => {
  expect(parseJavaVersion(output)).toEqual(expected);
});

it.each([
  "",
  "No Java runtime present, requesting install.",
  'GNU bash, version "5"',
  'openjdk version "x"',
  'java version "1"',
])("is not taken in by %j", (output) => {
  expect(parseJavaVersion(output)).toBeNull();
});
