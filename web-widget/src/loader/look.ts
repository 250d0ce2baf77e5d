/** The style of the launcher and its panel, put in by a constructable style sheet so that no inline style is needed. */
export const LOOK = `
:host{all:initial;position:fixed;inset:auto 20px 20px auto;z-index:2147483000;font:600 17px/1.2 system-ui,-apple-system,"Segoe UI",sans-serif}
:host([hidden]){display:none}
button{all:unset;box-sizing:border-box;display:flex;gap:10px;align-items:center;min-height:56px;padding:0 22px 0 18px;border-radius:28px;background:#0b5c6b;color:#fff;cursor:pointer;box-shadow:0 4px 18px #0a28304d;margin-inline-start:auto;width:max-content}
button:hover{background:#084652}
button:focus-visible{outline:3px solid #f2b84b;outline-offset:2px;box-shadow:0 0 0 6px #16242b}
svg{width:26px;height:26px;flex:none}
.n{background:#fff;color:#a3211b;border-radius:12px;padding:3px 8px;font-size:15px}
.n[hidden],.p[hidden]{display:none}
.s{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.p{position:absolute;inset:auto 0 72px auto;width:400px;height:min(680px,calc(100vh - 112px));background:#f6f4ef;border-radius:18px;overflow:hidden;box-shadow:0 10px 44px #0a283059;border:1px solid #9fb0b6}
iframe{border:0;width:100%;height:100%;display:block;color-scheme:light}
@media(max-width:520px),(max-height:460px){.p{position:fixed;inset:0;width:100%;height:100%;height:100dvh;border:0;border-radius:0}:host(.open) button{visibility:hidden}}
@media(forced-colors:active){button{border:2px solid ButtonText}}
@media print{:host{display:none}}
`;
