/** What somebody shows of a screen. It runs inside a page. */

/** In place of the browser's question which window to show. */
export function drawSlide(): void {
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const brush = canvas.getContext('2d');
    if (!brush) throw new Error('no canvas');
    const draw = (): void => {
      Object.assign(brush, { fillStyle: '#fbfcfa' });
      brush.fillRect(0, 0, 1280, 720);
      Object.assign(brush, { fillStyle: '#1d3a35', font: '600 52px system-ui, sans-serif' });
      brush.fillText('Blood pressure, eight weeks', 90, 120);
      Object.assign(brush, { strokeStyle: '#d5dcd6', lineWidth: 2 });
      for (let line = 0; line < 5; line += 1) {
        brush.strokeRect(90, 200 + line * 90, 1_100, 0.1);
        Object.assign(brush, { fillStyle: '#66756f', font: '24px system-ui, sans-serif' });
        brush.fillText(String(160 - line * 20), 40, 208 + line * 90);
      }
      for (const [colour, height, drop] of [
        ['#0f665a', 205, 21],
        ['#d98a3d', 430, 11],
      ] as const) {
        Object.assign(brush, { strokeStyle: colour, lineWidth: 7, lineJoin: 'round' });
        brush.beginPath();
        for (let week = 0; week < 8; week += 1) {
          brush.lineTo(130 + week * 150, height + week * drop + (week % 2 ? 16 : -12));
        }
        brush.stroke();
      }
    };
    draw();
    setInterval(draw, 200);
    return Promise.resolve(canvas.captureStream(5));
  };
}
