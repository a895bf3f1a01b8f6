/**
 * One kiosk, one window: two windows of one device would hand out from two baskets. A window that comes later asks
 * around and steps back when another answers. A person may take over, and then the other steps back; so does one that was
 * silent when another one came. The windows talk by storage events, which come without https and to sleeping windows too.
 */
export interface Tabs {
  /** False: another window of this device is at work. */
  readonly enter: () => Promise<boolean>;
  /** Makes the other window step back; from now on this one is at work. */
  readonly takeOver: () => void;
}

interface TabsParts {
  readonly page: Pick<Window, 'addEventListener' | 'setTimeout'>;
  readonly shared: Pick<Storage, 'setItem'>;
  /** The id of this window alone; it outlives a reload. */
  readonly own: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly id: string;
  /** Another window has taken over: forget everything, and come back as one that has stepped back. */
  readonly stepBack: () => void;
}

interface Call {
  readonly says: 'anyone?' | 'here' | 'mine';
  readonly from: string;
  /** Has stepped back before: gives way to whoever else is asking. */
  readonly yields: boolean;
}

const channel = 'jishan.kiosk.tabs';
const asideName = 'jishan.kiosk.aside';
const answerMs = 250;
/** A window that has stepped back gives the other one time to load. */
const yieldMs = 1500;

export function createTabs({ page, shared, own, id, stepBack }: TabsParts): Tabs {
  let role: 'asking' | 'active' | 'aside' = 'asking';
  let serial = 0;
  const yields = own.getItem(asideName) !== null;

  function call(says: Call['says']): void {
    serial += 1;
    try {
      shared.setItem(channel, JSON.stringify({ says, from: id, yields, serial }));
    } catch {
      // A browser that keeps nothing cannot be asked; it is then alone.
    }
  }

  function hear(heard: Call): void {
    if (heard.from === id) return;
    if (heard.says === 'mine' && role === 'active') {
      role = 'aside';
      own.setItem(asideName, '1');
      stepBack();
    } else if (heard.says !== 'anyone?' && role === 'asking') role = 'aside';
    else if (heard.says === 'anyone?' && role === 'active') call('here');
    else if (heard.says === 'anyone?' && role === 'asking') {
      if (comesFirst(heard)) call('here');
      else role = 'aside';
    }
  }

  /** If two windows ask at the same moment, one of them has to answer. */
  function comesFirst(other: Call): boolean {
    return yields === other.yields ? id < other.from : other.yields;
  }

  page.addEventListener('storage', (event) => {
    if (event.key === channel && event.newValue !== null) hear(JSON.parse(event.newValue) as Call);
  });

  return {
    enter: () =>
      new Promise((resolve) => {
        call('anyone?');
        page.setTimeout(
          () => {
            if (role === 'asking') {
              role = 'active';
              own.removeItem(asideName);
              // A window that the browser had frozen, or that was too busy to answer, hears it once it goes on.
              call('mine');
            }
            resolve(role === 'active');
          },
          yields ? yieldMs : answerMs,
        );
      }),
    takeOver() {
      role = 'active';
      own.removeItem(asideName);
      call('mine');
    },
  };
}
