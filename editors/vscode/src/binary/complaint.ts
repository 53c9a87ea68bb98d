/** What is said when there is no server to start: the fault first, then the cure. */
import type { Fault } from './locate';
import type { Version } from './version';

/** A button under a message. */
export type Cure = 'Open Settings' | 'How to Install' | 'Try Again';

/** A message and what can be done about it. */
export interface Complaint {
  readonly message: string;
  readonly cures: readonly Cure[];
}

/** The words for a fault. */
export function complaint(fault: Fault): Complaint {
  const cures: Cure[] = fault.setting === '' ? ['How to Install', 'Open Settings', 'Try Again'] : ['Open Settings', 'How to Install', 'Try Again'];
  return { message: words(fault), cures };
}

function words(fault: Fault): string {
  switch (fault.kind) {
    case 'missing':
      return fault.setting === ''
        ? 'Vidimus: there is no `vidimus` on PATH. Install it, or say in the settings where it lies.'
        : `Vidimus: \`${fault.setting}\`, which the setting \`vidimus.server.path\` names, is not there. Correct it, or leave it empty.`;
    case 'not-executable':
      return `Vidimus: \`${fault.file}\` may not be run. Make it executable, or name another binary in the settings.`;
    case 'too-old':
      return `Vidimus: \`${fault.file}\` is version ${shown(fault.version)}; this extension needs ${shown(fault.least)} or later. Install a newer one.`;
    case 'strange':
      return `Vidimus: \`${fault.file}\` does not say which version it is${fault.said === '' ? '' : ` (${oneLine(fault.said)})`}. Is it Vidimus?`;
  }
}

function shown(version: Version): string {
  return version.join('.');
}

function oneLine(words: string): string {
  const line = words.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
