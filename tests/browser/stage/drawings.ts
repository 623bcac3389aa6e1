/** Moving pictures of nobody: a head before a wall, and a slide. */

const FPS = 8;

/** @returns what a camera would give, of a person whose colours follow from the name */
export function drawnPerson(name: string, shape: 'wide' | 'upright'): MediaStream {
  const [width, height] = shape === 'wide' ? [640, 360] : [360, 640];
  const hue = Array.from(name).reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 11) % 360;
  return moving(width, height, (brush, beat) => {
    brush.fillStyle = `hsl(${hue} 25% 62%)`;
    brush.fillRect(0, 0, width, height);
    brush.fillStyle = `hsl(${hue} 22% 72%)`;
    brush.fillRect(width * 0.08, height * 0.12, width * 0.24, height * 0.36);
    const [x, y] = [width / 2 + Math.sin(beat / 5) * 6, height * 0.45];
    const head = Math.min(width, height) * 0.19;
    brush.fillStyle = `hsl(${(hue + 150) % 360} 35% 38%)`;
    circle(brush, x, y + head * 3.1, head * 2.1);
    brush.fillStyle = 'hsl(25 45% 68%)';
    circle(brush, x, y, head);
    brush.fillStyle = 'hsl(25 30% 25%)';
    circle(brush, x - head * 0.35, y - head * 0.1, head * 0.1);
    circle(brush, x + head * 0.35, y - head * 0.1, head * 0.1);
    brush.fillRect(x - head * 0.3, y + head * 0.4, head * 0.6, head * 0.08 + Math.abs(Math.sin(beat)) * 4);
  });
}

export function drawnScreen(name: string): MediaStream {
  return moving(1280, 720, (brush, beat) => {
    brush.fillStyle = '#ffffff';
    brush.fillRect(0, 0, 1280, 720);
    brush.fillStyle = '#20504a';
    brush.font = '48px sans-serif';
    brush.fillText(`Findings, by ${name}`, 80, 120);
    for (let bar = 0; bar < 8; bar += 1) {
      const high = 120 + ((bar * 67 + beat) % 260);
      brush.fillRect(100 + bar * 135, 620 - high, 90, high);
    }
  });
}

function moving(
  width: number,
  height: number,
  draw: (brush: CanvasRenderingContext2D, beat: number) => void,
): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const brush = canvas.getContext('2d');
  let beat = 0;
  const next = (): void => {
    if (brush) draw(brush, (beat += 1));
  };
  next();
  setInterval(next, 1_000 / FPS);
  return canvas.captureStream(FPS);
}

function circle(brush: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  brush.beginPath();
  brush.arc(x, y, radius, 0, 2 * Math.PI);
  brush.fill();
}
