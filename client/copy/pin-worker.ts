import { argon2Verify } from 'hash-wasm';

/** Checks PINs beside the page, whose buttons would stand still for as long as it takes. */
interface Asked {
  readonly number: number;
  readonly verifier: string;
  readonly pin: string;
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { number, verifier: hash, pin: password } = data;
  void argon2Verify({ hash, password: password.normalize('NFKC') }).then(
    (isRight) => self.postMessage({ number, isRight }),
    () => self.postMessage({ number, isRight: null }),
  );
});
