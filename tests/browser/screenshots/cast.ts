/** Who is on the pictures, and what they look like. */
import type { Sitter } from './sitters';

export const SITTERS = {
  'Dr. Noor': {
    skin: '#c98d68',
    hair: '#33504e',
    clothes: '#e9ece9',
    wall: ['#dfe6df', '#a9b8b0'],
    haircut: 'scarf',
  },
  'Amara Osei': {
    skin: '#7a4a30',
    hair: '#1c1412',
    clothes: '#c2653c',
    wall: ['#efe3d2', '#bfa88c'],
    haircut: 'bun',
  },
  'Jonas Weber': {
    skin: '#e8b998',
    hair: '#6b4a2f',
    clothes: '#2f4d70',
    wall: ['#d8e1ea', '#93a5b8'],
    haircut: 'short',
    beard: true,
  },
  'Mei Lin': {
    skin: '#efc9a6',
    hair: '#221b1c',
    clothes: '#6d5a86',
    wall: ['#ece8f1', '#b3a8c4'],
    haircut: 'long',
    glasses: true,
  },
} as const satisfies Readonly<Record<string, Sitter>>;

export type Name = keyof typeof SITTERS;
