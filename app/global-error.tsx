"use client";

/** The last resort, when even the layout failed: it has no texts, no language and no styles to rely on. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry(): void }) {
  return (
    // On the whole document: from there its text takes the colour that goes with the ground.
    <html lang="en" style={{ colorScheme: "light dark" }}>
      <body style={{ font: "15px/22px system-ui, sans-serif", margin: 32 }}>
        <title>Gatehouse</title>
        <main>
          <h1 style={{ font: "inherit", fontWeight: 600 }}>
            The console did not load · <span lang="pt-BR">O console não carregou</span>
          </h1>
          <p>
            Logins go on without it. · <span lang="pt-BR">Os logins continuam sem ele.</span>
          </p>
          <button type="button" style={{ font: "inherit", padding: "4px 12px" }} onClick={retry}>
            Try again · <span lang="pt-BR">Tentar de novo</span>
          </button>
          {error.digest === undefined ? null : <p>ref {error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
