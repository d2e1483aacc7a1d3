import { type EventStore } from '../../ports/event-store.js';
import { type MessageLog } from '../../ports/message-log.js';
import { type Clock } from '../../ports/clock.js';
import { type Finding, type FindingKind, type Remedy } from './finding.js';

/** What is audited is read from here. */
export interface AuditPorts {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly messageLog: Pick<MessageLog, 'read' | 'lag'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What breaks a rule; where it names no subject it is about what is audited, and nothing mends it by itself. */
export interface Offence {
  readonly detail: string;
  readonly subject?: string;
  readonly remedy?: Remedy;
  /** Where it is told as something else than its rule says. */
  readonly kind?: FindingKind;
}

/**
 * Something that must be true, with the name under which it is told. `broken` is asked of every fact before it is folded,
 * `offences` once everything is known.
 */
export interface Rule<Known, Fact = never> {
  readonly name: string;
  readonly kind: FindingKind;
  /** Why this fact breaks the rule, `known` being all that came before it; null where it does not. */
  readonly broken?: (fact: Fact, known: Known) => string | null;
  readonly offences?: (known: Known) => Iterable<Offence>;
  /** What was looked at, in words, where nothing breaks it. */
  readonly looked: (known: Known) => string;
}

/** How one rule came out. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was looked at; where it failed, the first offence and how many more there are. */
  readonly detail: string;
}

export interface Verdict {
  readonly verdict: 'PASS' | 'FAIL';
  readonly checks: ReadonlyArray<Check>;
  /** The checks that failed, in words. */
  readonly reasons: ReadonlyArray<string>;
}

export interface Audit<Known, Fact> {
  readonly see: (fact: Fact) => void;
  readonly known: () => Known;
  readonly verdict: () => Verdict;
  /** Every offence, as `reconcile` tells it. */
  readonly findings: (subject: string) => ReadonlyArray<Finding>;
}

/** Of one rule; who breaks it more often is counted. */
const MOST_KEPT = 1_000;

/** Holds facts against rules, one after the other, remembering no more of them than `evolve` makes of them. */
export const auditing = <Known, Fact = never>(
  rules: ReadonlyArray<Rule<Known, Fact>>,
  begin: Known,
  evolve: (known: Known, fact: Fact) => Known = (known) => known,
): Audit<Known, Fact> => {
  let known = begin;
  const held = rules.map((rule) => {
    const seen: Offence[] = [];
    let count = 0;
    const offend = (offence: Offence, kept: Offence[]): void => void (kept.length < MOST_KEPT && kept.push(offence));
    return {
      rule,
      see: (fact: Fact): void => {
        const detail = rule.broken?.(fact, known) ?? null;
        if (detail === null) return;
        count++;
        offend({ detail }, seen);
      },
      offences: (): { readonly count: number; readonly kept: ReadonlyArray<Offence> } => {
        const kept = [...seen];
        let all = count;
        for (const offence of rule.offences?.(known) ?? []) {
          all++;
          offend(offence, kept);
        }
        return { count: all, kept };
      },
    };
  });

  const checks = (): ReadonlyArray<Check> =>
    held.map(({ rule: { name, looked }, offences }) => {
      const { count, kept } = offences();
      const first = kept[0]?.detail;
      if (first === undefined) return { name, ok: true, detail: looked(known) };
      return { name, ok: false, detail: count === 1 ? first : `${first} (and ${count - 1} more)` };
    });

  return {
    see: (fact) => {
      for (const each of held) each.see(fact);
      known = evolve(known, fact);
    },
    known: () => known,
    verdict: () => verdictOf(checks()),
    findings: (subject) =>
      held.flatMap(({ rule: { name, kind }, offences }) =>
        offences().kept.map((offence): Finding => ({
          kind: offence.kind ?? kind,
          subject: offence.subject ?? subject,
          detail: `${name}: ${offence.detail}`,
          remedy: offence.remedy ?? { action: 'NONE' },
        })),
      ),
  };
};

export const verdictOf = (checks: ReadonlyArray<Check>): Verdict => {
  const failed = checks.filter(({ ok }) => !ok);
  return {
    verdict: failed.length === 0 ? 'PASS' : 'FAIL',
    checks,
    reasons: failed.map(({ name, detail }) => `${name}: ${detail}`),
  };
};
