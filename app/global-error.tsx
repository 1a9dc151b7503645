"use client";

/** The last resort, when even the layout failed: it has no texts, no language and no styles to rely on. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry(): void }) {
  return (
    <html lang="en">
      <body style={{ font: "15px/22px system-ui, sans-serif", margin: 32, colorScheme: "light dark" }}>
        <h1 style={{ font: "inherit", fontWeight: 600 }}>
          The console did not load · O console não carregou
        </h1>
        <p>Logins go on without it. · Os logins continuam sem ele.</p>
        <button type="button" onClick={retry}>
          Try again · Tentar de novo
        </button>
        {error.digest === undefined ? null : <p>ref {error.digest}</p>}
      </body>
    </html>
  );
}
