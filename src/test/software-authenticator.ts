import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** What a test may have the authenticator or the browser do wrong. */
export interface Deviation {
  /** The page that the browser says it was on. */
  origin?: string;
  challenge?: string;
  rpId?: string;
  /** False: nobody gave a PIN or a finger. */
  isVerified?: boolean;
  counter?: number;
  userHandle?: string;
  credentialId?: string;
}

interface CreationOptions {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

interface RequestOptions {
  challenge: string;
  rpId?: string;
}

const flags = { present: 0x01, verified: 0x04, attested: 0x40 };

/**
 * A passkey in software, as a browser and its authenticator would answer together: one ES256 key, attestation `none`, a counter
 * that moves on with every use.
 */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(16).toString("base64url");
  counter = 0;
  #userHandle = "";
  readonly #key: { publicKey: KeyObject; privateKey: KeyObject };

  constructor(readonly origin: string) {
    this.#key = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  create(options: CreationOptions, deviation: Deviation = {}): Record<string, unknown> {
    this.#userHandle = options.user.id;
    const id = Buffer.from(this.credentialId, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.#coseKey()]);
    const authData = this.#authData(deviation.rpId ?? options.rp.id ?? "", flags.attested, deviation, attested);
    const attestationObject = cborMap([
      [cborText("fmt"), cborText("none")],
      [cborText("attStmt"), cborMap([])],
      [cborText("authData"), cborBytes(authData)],
    ]);
    return this.#credential(deviation, {
      clientDataJSON: this.#clientData("webauthn.create", options.challenge, deviation).toString("base64url"),
      attestationObject: attestationObject.toString("base64url"),
      transports: ["internal"],
    });
  }

  get(options: RequestOptions, deviation: Deviation = {}): Record<string, unknown> {
    this.counter++;
    const authData = this.#authData(deviation.rpId ?? options.rpId ?? "", 0, deviation);
    const clientData = this.#clientData("webauthn.get", options.challenge, deviation);
    const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
    return this.#credential(deviation, {
      clientDataJSON: clientData.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: sign("sha256", signed, this.#key.privateKey).toString("base64url"),
      userHandle: deviation.userHandle ?? this.#userHandle,
    });
  }

  #credential({ credentialId = this.credentialId }: Deviation, response: object): Record<string, unknown> {
    return { id: credentialId, rawId: credentialId, type: "public-key", clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, deviation: Deviation): Buffer {
    const { origin = this.origin } = deviation;
    return Buffer.from(
      JSON.stringify({ type, challenge: deviation.challenge ?? challenge, origin, crossOrigin: false }),
    );
  }

  #authData(
    rpId: string,
    more: number,
    { isVerified = true, counter = this.counter }: Deviation,
    rest?: Buffer,
  ): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(flags.present | (isVerified ? flags.verified : 0) | more);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([createHash("sha256").update(rpId).digest(), head, rest ?? Buffer.alloc(0)]);
  }

  /** RFC 9053: an elliptic curve key (1: 2) for ES256 (3: -7) on P-256 (-1: 1), with x (-2) and y (-3). */
  #coseKey(): Buffer {
    const { x = "", y = "" } = this.#key.publicKey.export({ format: "jwk" });
    const bytes = (text: string) => cborBytes(Buffer.from(text, "base64url"));
    return cborMap([
      [cborInteger(1), cborInteger(2)],
      [cborInteger(3), cborInteger(-7)],
      [cborInteger(-1), cborInteger(1)],
      [cborInteger(-2), bytes(x)],
      [cborInteger(-3), bytes(y)],
    ]);
  }
}

/** As much of CBOR (RFC 8949) as the two structures above need. */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}
const cborInteger = (value: number) => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string) => Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
const cborMap = (entries: [Buffer, Buffer][]) => Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
