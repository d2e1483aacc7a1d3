/* global Scalar */
Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  // Nothing from elsewhere, and nothing told to anybody.
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  authentication: { preferredSecurityScheme: 'user' },
  // The reader's token is for this visit.
  persistAuth: false,
  metaData: { title: 'Doorbuster: API reference' },
});
