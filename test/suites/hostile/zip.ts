import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly data: Buffer;
  /** Unix mode; a link by default is none. */
  readonly mode?: number;
}

interface Packed {
  readonly local: Buffer;
  readonly central: (offset: number) => Buffer;
}

function pack({ name, data, mode = 0o100644 }: ZipMember): Packed {
  const packed = deflateRawSync(data, { level: 9 });
  const title = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, title, packed]);
  const central = (offset: number): Buffer => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 3]);
    return Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, common, rest, title]);
  };
  return { local, central };
}

function finish(locals: readonly Buffer[], centrals: readonly Buffer[]): Buffer {
  const start = locals.reduce((sum, { length }) => sum + length, 0);
  const size = centrals.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(Math.min(centrals.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(centrals.length, 0xffff), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}

/** A zip archive of these members. */
export function zip(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { local, central } = pack(member);
    locals.push(local);
    centrals.push(central(offset));
    offset += local.length;
  }
  return finish(locals, centrals);
}

/** A zip archive whose directory names the bytes of one member many times over. */
export function overlappingZip(member: ZipMember, times: number): Buffer {
  const { local, central } = pack(member);
  return finish(
    [local],
    Array.from({ length: times }, () => central(0)),
  );
}
