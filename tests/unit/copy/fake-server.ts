import type { CopyServer } from '../../../client/copy/copy-server.ts';
import type { CopyChanges, WholeCopy } from '../../../shared/copy/contract.ts';

/** Gives what the test lays out; a text as `next` is the code of a refusal, and null is no answer. */
export class FakeServer implements CopyServer {
  whole_: WholeCopy | null = null;
  next: CopyChanges | string | null = null;
  asked: string[] = [];
  delay: Promise<unknown> = Promise.resolve();

  async whole() {
    this.asked.push('whole');
    await this.delay;
    if (this.whole_ === null) return UNREACHABLE;
    return { kind: 'answer', data: this.whole_, filename: null } as const;
  }
  async changes({ since }: Parameters<CopyServer['changes']>[0]) {
    this.asked.push(`since ${String(since)}`);
    await this.delay;
    if (this.next === null) return UNREACHABLE;
    if (typeof this.next === 'string') return problem(this.next);
    return { kind: 'answer', data: this.next, filename: null } as const;
  }
}

const UNREACHABLE = { kind: 'unknown', reason: 'unreachable' } as const;

function problem(code: string) {
  const words = { title: '', detail: '', params: {}, fields: {} };
  return { kind: 'problem', problem: { status: 403, code, kind: 'refused', moved: 'no', ...words } } as const;
}
