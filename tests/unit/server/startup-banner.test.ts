import { describe, expect, it } from 'vitest';
import { greeting, type Start } from '../../../server/startup-banner.ts';

const start: Start = {
  version: '1.2.3',
  engine: 'sqlite',
  host: '0.0.0.0',
  port: 8080,
  publicUrl: '',
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
});
