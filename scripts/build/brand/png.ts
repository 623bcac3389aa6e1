/** Writes pictures as PNG (https://www.w3.org/TR/png-3/): eight bits a channel, with transparency, nothing else. */
import { deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGBA = 6;

/** @param at the colour of the pixel in this column and row: red, green, blue and opacity, a byte each, `0xff8000ff` */
export function pngOf(size: number, at: (x: number, y: number) => number): Buffer {
  const stride = 1 + size * 4;
  // Each row begins with how it is filtered: not at all.
  const rows = Buffer.alloc(size * stride);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) rows.writeUInt32BE(at(x, y), y * stride + 1 + x * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, RGBA], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Width and height of a PNG; undefined for what is none. */
export function sizeOfPng(bytes: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(SIGNATURE)) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}

/** As PNG wants it; Node has one of its own since 22.2 only. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
