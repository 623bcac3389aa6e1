/** People who do not exist, drawn before a camera that is none. All of it runs inside a page. */

export interface Sitter {
  readonly skin: string;
  readonly hair: string;
  readonly clothes: string;
  /** Of the wall behind. */
  readonly wall: readonly [light: string, dark: string];
  readonly haircut: 'long' | 'short' | 'scarf' | 'bun';
  readonly glasses?: boolean;
  readonly beard?: boolean;
}

/** In place of the camera: this person, who breathes and blinks, upright where the page is. */
export function sit(sitter: Sitter): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted = {}) => {
    const stream = wanted.audio ? await open({ audio: true }) : new MediaStream();
    if (wanted.video) for (const track of drawn(sitter).getVideoTracks()) stream.addTrack(track);
    return stream;
  };

  function drawn({ skin, hair, clothes, wall, haircut, glasses, beard }: Sitter): MediaStream {
    const isUpright = innerHeight > innerWidth;
    const [width, height] = isUpright ? [540, 540] : [800, 450];
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const brush = canvas.getContext('2d');
    if (!brush) throw new Error('no canvas');
    const [x, unit] = [width / 2, height / (isUpright ? 125 : 100)];
    const room = background(brush);

    const shape = (colour: string | CanvasGradient, path: (at: CanvasRenderingContext2D) => void): void => {
      brush.fillStyle = colour;
      brush.beginPath();
      path(brush);
      brush.fill();
    };
    const oval = (colour: string | CanvasGradient, dx: number, y: number, wide: number, high: number): void =>
      shape(colour, (at) => at.ellipse(x + dx * unit, y * unit, wide * unit, high * unit, 0, 0, 2 * Math.PI));
    const lit = (colour: string, y: number, radius: number): CanvasGradient => {
      const light = brush.createRadialGradient(
        x - 7 * unit,
        (y - 8) * unit,
        2 * unit,
        x,
        y * unit,
        radius * unit,
      );
      light.addColorStop(0, `color-mix(in srgb, ${colour} 86%, white)`);
      light.addColorStop(0.6, colour);
      light.addColorStop(1, `color-mix(in srgb, ${colour} 72%, black)`);
      return light;
    };

    function background(on: CanvasRenderingContext2D): ImageData {
      const light = on.createLinearGradient(0, 0, width, height);
      light.addColorStop(0, wall[0]);
      light.addColorStop(1, wall[1]);
      on.fillStyle = light;
      on.fillRect(0, 0, width, height);
      on.filter = `blur(${height / 45}px)`;
      // A window, a shelf with books, a plant: out of focus.
      on.fillStyle = 'rgb(255 255 255 / 45%)';
      on.fillRect(width * 0.05, height * 0.06, width * 0.2, height * 0.46);
      for (let book = 0; book < 9; book += 1) {
        on.fillStyle = `hsl(${(book * 67 + wall[0].length * 40) % 360} 22% ${42 + (book % 3) * 12}%)`;
        on.fillRect(width * (0.7 + book * 0.028), height * 0.2, width * 0.022, height * 0.17);
      }
      on.fillStyle = 'rgb(70 52 40 / 55%)';
      on.fillRect(width * 0.68, height * 0.37, width * 0.3, height * 0.02);
      on.fillStyle = 'rgb(62 108 78 / 65%)';
      for (let leaf = 0; leaf < 5; leaf += 1) {
        on.beginPath();
        on.ellipse(width * 0.86, height * 0.66, width * 0.02, height * 0.14, leaf - 2, 0, 2 * Math.PI);
        on.fill();
      }
      on.filter = 'none';
      return on.getImageData(0, 0, width, height);
    }

    function face(breath: number, isBlinking: boolean): void {
      const y = (isUpright ? 62 : 44) + breath;
      if (haircut !== 'scarf') oval(hair, 0, y - 4, 18.3, 20);
      if (haircut === 'long') oval(hair, 0, y + 8, 21, 31);
      if (haircut === 'bun') oval(hair, 0, y - 25, 8, 7);
      if (haircut === 'scarf') oval(hair, 0, y + 3, 23, 29);
      // Shoulders, neck.
      oval(lit(clothes, y + 60, 44), 0, y + 64, haircut === 'scarf' ? 40 : 42, 36);
      if (haircut === 'scarf') oval(`color-mix(in srgb, ${hair} 88%, black)`, 0, y + 31, 17, 11);
      else {
        shape(`color-mix(in srgb, ${skin} 80%, black)`, (at) =>
          at.roundRect(x - 7.5 * unit, (y + 12) * unit, 15 * unit, 22 * unit, 6 * unit),
        );
        oval(`color-mix(in srgb, ${skin} 90%, black)`, 0, y + 32, 11, 5.5);
      }
      if (haircut !== 'scarf') {
        oval(`color-mix(in srgb, ${skin} 82%, black)`, -17.2, y + 2, 2.6, 4.6);
        oval(`color-mix(in srgb, ${skin} 76%, black)`, 17.2, y + 2, 2.6, 4.6);
      }
      oval(lit(skin, y, 26), 0, y, 17, 22);
      if (beard) {
        shape(`color-mix(in srgb, ${hair} 80%, ${skin})`, (at) => {
          at.ellipse(x, (y + 9) * unit, 15.6 * unit, 14 * unit, 0, 0.05 * Math.PI, 0.95 * Math.PI);
          at.ellipse(x, (y + 7) * unit, 11 * unit, 6.5 * unit, 0, 0.95 * Math.PI, 0.05 * Math.PI, true);
        });
      }
      features(y, isBlinking);
      top(y);
    }

    function features(y: number, isBlinking: boolean): void {
      for (const side of [-1, 1]) {
        oval('rgb(255 255 255 / 92%)', side * 6.6, y - 1.5, 2.9, isBlinking ? 0.35 : 1.7);
        if (!isBlinking) {
          oval('#3a2a20', side * 6.6 + 0.2, y - 1.4, 1.45, 1.5);
          oval('rgb(255 255 255 / 85%)', side * 6.6 + 0.7, y - 1.9, 0.4, 0.4);
        }
        stroke(`color-mix(in srgb, ${haircut === 'scarf' ? '#2b211c' : hair} 85%, black)`, 0.9, (at) =>
          at.ellipse(
            x + side * 6.6 * unit,
            (y - 2.6) * unit,
            4 * unit,
            3.6 * unit,
            0,
            1.22 * Math.PI,
            1.78 * Math.PI,
          ),
        );
        oval('rgb(214 96 84 / 13%)', side * 9.5, y + 6.5, 4, 2.8);
        if (glasses) {
          stroke('rgb(32 32 36 / 85%)', 0.7, (at) =>
            at.ellipse(x + side * 6.6 * unit, (y - 1.2) * unit, 4.9 * unit, 4.2 * unit, 0, 0, 2 * Math.PI),
          );
        }
      }
      stroke(`color-mix(in srgb, ${skin} 66%, black)`, 0.8, (at) =>
        at.arc(x, (y + 4.6) * unit, 2.1 * unit, 0.15 * Math.PI, 0.85 * Math.PI),
      );
      shape('#a8514b', (at) => {
        at.ellipse(x, (y + 10.2) * unit, 5.6 * unit, 3.2 * unit, 0, 0, Math.PI);
        at.ellipse(x, (y + 10.2) * unit, 5.6 * unit, 0.7 * unit, 0, Math.PI, 0, true);
      });
      shape('rgb(255 255 255 / 88%)', (at) => {
        at.ellipse(x, (y + 10.4) * unit, 4.6 * unit, 1.6 * unit, 0, 0, Math.PI);
      });
    }

    function stroke(colour: string, wide: number, path: (at: CanvasRenderingContext2D) => void): void {
      if (!brush) return;
      Object.assign(brush, { strokeStyle: colour, lineWidth: wide * unit, lineCap: 'round' });
      brush.beginPath();
      path(brush);
      brush.stroke();
    }

    /** What is over the forehead. */
    function top(y: number): void {
      if (haircut === 'scarf') {
        shape(lit(hair, y - 14, 30), (at) => {
          at.ellipse(x, y * unit, 21 * unit, 26 * unit, 0, 0.86 * Math.PI, 0.14 * Math.PI);
          at.ellipse(x, (y + 1) * unit, 15.4 * unit, 19 * unit, 0, 0.14 * Math.PI, 0.86 * Math.PI, true);
        });
        return;
      }
      const low = haircut === 'short' ? 0.99 : 0.94;
      shape(lit(hair, y - 14, 26), (at) => {
        at.ellipse(x, (y - 2) * unit, 18.4 * unit, 22.5 * unit, 0, low * Math.PI, (1 - low) * Math.PI);
        at.ellipse(x + 3 * unit, (y - 1) * unit, 17 * unit, 12 * unit, -0.16, 0, Math.PI, true);
      });
    }

    let beat = Math.floor(sitter.wall[0].length * 7);
    const draw = (): void => {
      beat += 1;
      brush.putImageData(room, 0, 0);
      face(Math.sin(beat / 8) * 0.5, beat % 25 < 1);
    };
    draw();
    // No more than what two cores can send to three others.
    setInterval(draw, 125);
    return canvas.captureStream(8);
  }
}
