/** A drawn head and shoulders, where no camera runs. */
export const Silhouette = () => (
  <svg className="v" viewBox="0 0 360 450" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <rect width="360" height="450" fill="#3f4854" />
    <path d="M44 466c4-72 52-98 98-108l6-44h64l6 44c46 10 94 36 98 108z" fill="#46505c" />
    <path d="M150 306h60l2 30q-32 26-64 0z" fill="#67717d" />
    <ellipse cx="180" cy="230" rx="62" ry="82" fill="#7d8793" />
    <path
      d="M112 230c-8-70 26-102 68-102s76 32 68 102c-4-26-12-42-28-52-26 10-60 8-80-2-16 10-24 28-28 54z"
      fill="#2a313a"
    />
  </svg>
);
