/// The style of a document; each part goes along only where it is needed.
enum StyleSheet {
  /// What a document contains that needs style.
  struct Features: OptionSet {
    let rawValue: Int
    static let facts = Features(rawValue: 1 << 0)
    static let table = Features(rawValue: 1 << 1)
    static let cards = Features(rawValue: 1 << 2)
    static let callout = Features(rawValue: 1 << 3)
    static let progress = Features(rawValue: 1 << 4)
    static let details = Features(rawValue: 1 << 5)
    static let code = Features(rawValue: 1 << 6)
    static let chart = Features(rawValue: 1 << 7)
  }

  /// The rules of a fragment; none applies outside the element of class `scope`.
  static func fragment(scope: String, features: Features) -> String {
    var rules = base
    if features.contains(.facts) { rules += facts }
    if features.contains(.table) { rules += table }
    if features.contains(.cards) { rules += cards }
    if features.contains(.callout) { rules += callout }
    if features.contains(.progress) { rules += progress }
    if !features.isDisjoint(with: [.details, .table]) { rules += details }
    if features.contains(.code) { rules += code }
    if features.contains(.chart) { rules += chart }
    return scoped(rules, scope)
  }

  /// The rules of a page of our own, which knows the colours around the fragment.
  static func page(scope: String) -> String {
    scoped(page, scope)
  }

  private static func scoped(_ rules: String, _ scope: String) -> String {
    rules.split(separator: "&", omittingEmptySubsequences: false).joined(separator: ".octet.\(scope)")
  }

  // Fallbacks behind the viewers' variables suit light and dark alike, because nothing tells them apart there.
  private static let base = """

    &{--ink:var(--jp-content-font-color1,var(--vscode-foreground,currentColor));\
    --quiet:var(--jp-content-font-color2,var(--vscode-descriptionForeground,#767676));\
    --line:var(--jp-border-color2,var(--vscode-panel-border,rgba(128,128,128,.35)));\
    --accent:var(--jp-brand-color1,var(--vscode-textLink-foreground,#1a7ad4));\
    --alarm:var(--jp-error-color1,var(--vscode-errorForeground,#d3382c));\
    --warn:var(--jp-warn-color1,var(--vscode-editorWarning-foreground,#c27a00));\
    --wash:rgba(128,128,128,.09);--track:rgba(128,128,128,.2);--bar:rgba(128,128,128,.75);\
    color:var(--ink);line-height:1.5;font-variant-numeric:tabular-nums;max-width:86em}
    & h3,& h4,& h5,& h6{color:var(--ink);font-weight:600;line-height:1.3;margin:1.4em 0 .4em}
    & h3{font-size:1.4em;margin-top:.2em}
    & h4{font-size:1.1em}
    & h5,& h6{font-size:1em}
    & p{margin:.5em 0}
    & h3+.octet-sub{color:var(--quiet);margin:-.3em 0 1em}
    & .octet-quiet{color:var(--quiet);font-weight:400}
    & .octet-alarm{color:var(--alarm);font-weight:600}
    & table{border-collapse:collapse;margin:0;font-size:1em;table-layout:auto;border:0;color:inherit}
    & tr,& tbody tr:nth-child(odd),& tbody tr:nth-child(even),& tbody tr:hover{background:none}
    & a.anchor-link{display:contents}
    & tr{padding:0}
    & thead{border:0}
    & th,& td{border:0;padding:0;line-height:1.4;vertical-align:baseline;max-width:none;color:inherit}

    """

  private static let facts = """
    & .octet-facts td{padding:.16em 1.6em .16em 0}
    & .octet-facts td:first-child{color:var(--quiet);min-width:9em}
    & .octet-facts td:last-child{max-width:48em;overflow-wrap:anywhere}
    & .octet-facts strong{font-weight:500}
    & .octet-figures,& .octet-figures td{display:block}
    & .octet-figures{margin:.8em 0 1.2em}
    & .octet-figures tbody{display:flex;flex-wrap:wrap;gap:.8em 2.4em}
    & .octet-figures tr{display:block;border-left:2px solid var(--line);padding-left:.9em;max-width:18em}
    & .octet-figures tr:first-child{border-left-color:var(--accent)}
    & .octet-figures td:first-child{color:var(--quiet);font-size:.92em}
    & .octet-figures strong{display:block;font-size:1.75em;font-weight:600;line-height:1.2;letter-spacing:-.01em}
    & .octet-figures .octet-quiet{font-size:.88em}

    """

  private static let table = """
    & .octet-table{margin:1em 0;overflow-x:auto}
    & .octet-table>table,& .octet-rest>table{min-width:60%;font-size:.94em}
    & caption{caption-side:top;text-align:left;font-weight:600;color:var(--ink);padding:0 0 .5em}
    & .octet-table>table>thead>tr>th,& .octet-rest>table>thead>tr>th{color:var(--quiet);font-weight:600;\
    font-size:.86em;line-height:1.3;padding:.3em 1.4em .45em 0;vertical-align:bottom;max-width:9.6em;\
    white-space:normal;border-bottom:1.5px solid var(--line)}
    & .octet-table>table>tbody>tr>td,& .octet-rest>table>tbody>tr>td{padding:.38em 1.2em .38em 0;\
    border-bottom:1px solid var(--line);overflow-wrap:break-word}
    & .octet-table>table>*>tr>*:first-child,& .octet-rest>table>*>tr>*:first-child{padding-left:.7em}
    & .octet-table>table>tbody>tr:hover,& .octet-rest>table>tbody>tr:hover{background:var(--wash)}
    & .octet-flagged>td:first-child{box-shadow:inset 3px 0 var(--alarm)}
    & .octet-table td strong.octet-alarm{font-size:.86em;white-space:nowrap;margin-left:.3em}
    & th[align=right],& td[align=right]{text-align:right}
    & td[align=right]{white-space:nowrap}
    & .octet-table td>a>img{display:block;border-radius:2px}
    & .octet-count{font-size:.9em}
    & .octet-tools,& .octet-pages{display:flex;flex-wrap:wrap;align-items:center;gap:.5em 1.2em;margin:.6em 0;\
    font-size:.93em}
    & .octet-tools label,& .octet-pages label{display:inline-flex;align-items:center;gap:.4em;cursor:pointer}
    & .octet-tools input[type=search]{font:inherit;color:inherit;background:none;border:1px solid var(--line);\
    border-radius:4px;padding:.25em .6em;width:24em;max-width:100%;box-sizing:border-box}
    & .octet-tools input[type=checkbox]{accent-color:var(--accent);margin:0}
    & .octet-pages button,& .octet-pages select{font:inherit;color:inherit;background:none;cursor:pointer;\
    border:1px solid var(--line);border-radius:4px;padding:.15em .6em}
    & .octet-pages option{color:#1f2328;background:#fff}
    & .octet-pages button:disabled{opacity:.45;cursor:default}
    & th>button{all:unset;display:inline-block;max-width:9.6em;cursor:pointer;text-align:inherit;font:inherit;\
    color:inherit}
    & th>button:hover{color:var(--ink)}
    & th>button::after{position:absolute;margin:.2em 0 0 .4em;font-size:.75em;color:var(--accent)}
    & th[aria-sort]>button{color:var(--ink)}
    & th[aria-sort=ascending]>button::after{content:"▲"}
    & th[aria-sort=descending]>button::after{content:"▼"}
    & th>button:focus-visible,& button:focus-visible,& input:focus-visible,& select:focus-visible,\
    & summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    & .octet-table>table>tbody>tr.octet-extra>td{padding:.6em .7em 1.2em;text-align:left}
    & .octet-table>table>tbody>tr.octet-extra:hover{background:none}
    & .octet-table>table>tbody>tr.octet-open>td{border-bottom-color:transparent}

    """

  private static let cards = """
    & .octet-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(30em,100%),1fr));gap:1em;margin:1em 0}
    & .octet-plain{grid-template-columns:repeat(auto-fill,minmax(9.5em,1fr))}
    & .octet-plain .octet-card{overflow-wrap:anywhere}
    & .octet-plain .octet-view{margin-bottom:.4em}
    & .octet-few{grid-template-columns:repeat(auto-fill,minmax(14em,16em))}
    & .octet-few .octet-card .octet-view>a>img{max-width:100%}
    & .octet-card{border:1px solid var(--line);border-radius:6px;padding:.7em 1em .6em;font-size:.94em}
    & .octet-card p{margin:0 0 .4em}
    & .octet-verdict{margin:0 0 .6em}
    & .octet-view{display:flex;flex-wrap:wrap;gap:1em 1.8em;align-items:flex-start}
    & .octet-view>a>img{border-radius:3px;object-fit:contain;max-width:100%;height:auto;margin:0}
    & .octet-card .octet-view>a>img{max-width:8em}
    & .octet-card .octet-view>a>img.octet-large{max-width:100%;margin-bottom:.4em}
    & .octet-view>table{flex:1 1 13em;max-width:20em}
    & .octet-card .octet-view>table{flex:1 1 9em}
    & .octet-card .octet-view{gap:1em 1.1em}
    & .octet-bars,& .octet-bars thead,& .octet-bars tbody,& .octet-bars thead tr,& .octet-bars th{display:block}
    & .octet-bars th{color:var(--quiet);font-weight:600;font-size:.86em;padding-bottom:.25em}
    & .octet-bars tbody tr{display:grid;grid-template-columns:1fr auto;column-gap:.6em;margin-bottom:.45em}
    & .octet-bars td:first-child{overflow-wrap:anywhere}
    & .octet-card .octet-bars td:first-child{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
    & .octet-bars td:nth-child(2){grid-area:2/1/3/3;line-height:0;padding-top:3px}
    & .octet-bars td:last-child{text-align:right;white-space:nowrap}
    & .octet-bars strong{font-weight:600}
    & meter{width:100%;height:5px;border:0;border-radius:3px;background:none;display:inline-block;\
    vertical-align:middle}
    & meter::-webkit-meter-inner-element{display:block;height:5px;margin:0}
    & meter::-webkit-meter-bar{height:5px;margin:0;border:0;border-radius:3px;background:var(--track)}
    & meter::-webkit-meter-optimum-value{background:var(--bar);border-radius:3px}
    @supports (-moz-appearance:none){& meter{background:var(--track)}}
    & meter::-moz-meter-bar{background:var(--bar);border-radius:3px}
    & .octet-marked meter,& .octet-table>table>tbody>tr>td>meter{--bar:var(--accent)}
    & .octet-table>table>*>tr>td>meter,& .octet-rest>table>*>tr>td>meter{width:5em;margin-right:.3em}
    & td>meter+span{display:inline-block;min-width:3.6em}

    """

  private static let callout = """
    & .octet-callout{border-left:3px solid var(--accent);background:var(--wash);padding:.5em 1em;margin:.9em 0;\
    max-width:56em}
    & .octet-callout p{margin:0}
    & .octet-warning{border-left-color:var(--warn)}
    & .octet-problem{border-left-color:var(--alarm)}

    """

  private static let progress = """
    & .octet-progress{display:flex;flex-wrap:wrap;align-items:center;gap:.2em .8em}
    & progress{appearance:none;width:16em;height:.55em;border:0;border-radius:3px;overflow:hidden;\
    background:var(--track);accent-color:var(--accent)}
    & progress::-webkit-progress-bar{background:var(--track)}
    & progress::-webkit-progress-value{background:var(--accent)}
    & progress::-moz-progress-bar{background:var(--accent)}

    """

  private static let details = """
    & summary{cursor:pointer;color:var(--accent)}
    & .octet-more{margin:.6em 0}
    & .octet-more>summary,& .octet-rest>summary{font-size:.93em}
    & .octet-rest{margin:.6em 0}
    & .octet-unfold>summary{white-space:nowrap}

    """

  private static let code = """
    & pre{background:var(--wash);border-radius:4px;padding:.7em 1em;overflow-x:auto;line-height:1.4;color:inherit}

    """

  private static let chart = """
    & .octet-chart img{max-width:100%;height:auto;border-radius:6px}
    & .octet-more>pre{font-size:.9em;line-height:1.35;overflow-x:auto;color:inherit;background:none}
    body[data-jp-theme-light="false"] & .octet-chart img,body.vscode-dark & .octet-chart img{\
    filter:invert(.92) hue-rotate(180deg)}

    """

  private static let page = """

    html{color-scheme:light dark}
    body{margin:0;padding:2em clamp(1em,4vw,3em) 4em;background:#fff;color:#1f2328;\
    font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","DejaVu Sans",sans-serif}
    body>&{--ink:#1f2328;--quiet:#5b6570;--line:#d5dbe1;--accent:#1f6fd0;--alarm:#b42318;--warn:#a15c00;margin:0 auto}
    @media (prefers-color-scheme:dark){body{background:#14171a;color:#e6e9ec}
    body>&{--ink:#e6e9ec;--quiet:#9aa4ae;--line:#343b42;--accent:#6cb0f5;--alarm:#ff8a7a;--warn:#e3b341}
    body>& .octet-chart img{filter:invert(.92) hue-rotate(180deg)}}
    @media print{.octet-tools,.octet-pages{display:none!important}}

    """
}
