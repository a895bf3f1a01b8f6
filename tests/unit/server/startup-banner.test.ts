import { describe, expect, it } from 'vitest';
import { greeting, type Start } from '../../../server/startup-banner.ts';

const start: Start = {
  version: '1.2.3',
  engine: 'sqlite',
  host: '0.0.0.0',
  port: 8080,
  publicUrl: '',
  own: ['http://192.168.1.10:8080'],
  chosen: [],
  setupCode: '0123456789abcdef',
};

describe('what is said at a start', () => {
  it('is where this computer finds the server, with the set-up code', () => {
    expect(greeting(start)).toContain('http://localhost:8080/setup?code=0123456789abcdef');
    expect(greeting(start)).not.toContain('Public address');
  });

  it('is the public address where there is one, and none of a network it may not be reached at', () => {
    const said = greeting({ ...start, publicUrl: 'https://jifen.example.cn' });
    expect(said).toContain('https://jifen.example.cn/setup?code=0123456789abcdef');
    expect(said).not.toContain('Same network');
    expect(greeting({ ...start, publicUrl: 'https://jifen.example.cn', setupCode: null })).toContain(
      'https://jifen.example.cn/\n',
    );
  });

  it('is the address for tablets once a village stands, and not to type localhost there', () => {
    const said = greeting({ ...start, setupCode: null });
    expect(said).toContain('Same network:     http://192.168.1.10:8080/\n');
    expect(said).toContain('On tablets and phones open');
    expect(greeting(start)).not.toContain('On tablets and phones open');
    expect(greeting({ ...start, setupCode: null, own: [] })).not.toContain('On tablets and phones open');
  });

  it('is the machine’s fixed address once', () => {
    const fixed = { ...start, host: '192.168.1.10', setupCode: null };
    expect(greeting(fixed).split('http://192.168.1.10:8080/')).toHaveLength(2);
  });

  it('is what the village chose, and a warning where the machine has it no more', () => {
    const chosen = { village: '前洼村', address: 'http://192.168.1.10:8080', isGone: false };
    expect(greeting({ ...start, setupCode: null, chosen: [chosen] })).toContain(
      'http://192.168.1.10:8080/  (前洼村)',
    );
    const moved = greeting({ ...start, setupCode: null, chosen: [{ ...chosen, isGone: true }] });
    expect(moved).toContain('注意：前洼村选定的地址 http://192.168.1.10:8080 这台电脑已经没有了');
    expect(moved).not.toContain('(前洼村)');
  });
});
