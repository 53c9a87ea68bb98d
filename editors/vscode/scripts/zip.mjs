// Writes and reads zip files, as much of the format as a VSIX needs: the same files give the same bytes.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 1 January 1980, the oldest day that the format knows. */
const DATE = 0x21;
/** Names are UTF-8. */
const UTF8 = 0x800;

/** One zip of `[{ name, data, mode? }]`, in that order. */
export function zip(files) {
  const bodies = [];
  const heads = [];
  let offset = 0;
  for (const { name, data, mode = 0o644 } of files) {
    const path = Buffer.from(name);
    const packed = deflateRawSync(data, { level: 9 });
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(UTF8, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt16LE(DATE, 8);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(path.length, 22);
    bodies.push(number(LOCAL), fields, path, packed);
    // Made on Unix, so that a reader takes the file's mode from the upper half of its attributes.
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    heads.push(number(CENTRAL), Buffer.from([20, 3]), fields, tail, path);
    offset += 4 + fields.length + path.length + packed.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, directory, number(END), end]);
}

/** The files of a zip that `zip` wrote, by name. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(number(END));
  if (end < 0) throw new Error('this is no zip file');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, length] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const skipped = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const [mode, offset] = [bytes.readUInt32LE(at + 38) >>> 16, bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + length);
    const begin = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const data = inflateRawSync(bytes.subarray(begin, begin + packed));
    if (crc32(data) !== bytes.readUInt32LE(at + 16)) throw new Error(`${name} is damaged`);
    files.set(name, { data, mode: mode & 0o777 });
    at += 46 + length + skipped;
  }
  return files;
}

function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
