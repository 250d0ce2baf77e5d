/** Two short tones made on the spot; no file. Browsers allow sound only after a click, which the sound button is. */
let audio: AudioContext | null = null;

export function chime(urgent: boolean): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    const start = audio.currentTime + 0.02;
    const notes = urgent ? [880, 660, 880, 660] : [587, 784];
    notes.forEach((pitch, at) => {
      if (!audio) return;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      const from = start + at * 0.18;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.18, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.17);
      tone.connect(volume).connect(audio.destination);
      tone.start(from);
      tone.stop(from + 0.18);
    });
  } catch {
    // No sound device: the counter in the title and the list still tell.
  }
}
