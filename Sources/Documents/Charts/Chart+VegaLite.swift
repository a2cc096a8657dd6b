extension Chart {
  /// The chart as the text of a Vega-Lite 5 specification that holds its data; colours suit light and dark pages.
  public func vegaLite() -> String {
    var members: [(String, JSONText)] = [
      ("$schema", .string("https://vega.github.io/schema/vega-lite/v5.json")),
      ("title", titleMember),
      ("background", .null),
      ("width", .integer(520)),
    ]
    switch plot {
    case .bars(let bars): members += bars.vegaLiteMembers
    case .lines(let lines): members += lines.vegaLiteMembers
    case .histogram(let histogram): members += histogram.vegaLiteMembers
    case .heatMap(let map): members += map.vegaLiteMembers
    }
    members.append(("config", Self.vegaLiteConfiguration))
    members.append(("usermeta", .object([("embedOptions", .object([("renderer", .string("svg"))]))])))
    return JSONText.object(members).text
  }

  // Text takes the colour of the page around it, which a drawing in SVG follows when the theme changes.
  private static let ink = JSONText.string("currentColor")

  private static let vegaLiteConfiguration = JSONText.object([
    ("view", .object([("stroke", .null)])),
    (
      "axis",
      .object([
        ("gridColor", .string("#888888")), ("gridOpacity", .number(0.28)), ("domainColor", .string("#888888")),
        ("tickColor", .string("#888888")), ("labelColor", ink), ("titleColor", ink), ("labelFontSize", .integer(12)),
        ("titleFontSize", .integer(12)), ("titleFontWeight", .string("normal")), ("titlePadding", .integer(10)),
      ])
    ),
    (
      "legend",
      .object([("labelFontSize", .integer(12)), ("labelColor", ink), ("titleColor", ink), ("orient", .string("top"))])
    ),
    (
      "title",
      .object([
        ("color", ink), ("subtitleColor", ink), ("fontSize", .integer(14)), ("subtitleFontSize", .integer(12)),
        ("offset", .integer(10)),
      ])
    ),
  ])

  private var titleMember: JSONText {
    var members: [(String, JSONText)] = [("text", .string(VisibleText.line(title)))]
    if !subtitle.isEmpty { members.append(("subtitle", .string(VisibleText.line(subtitle)))) }
    members.append(("anchor", .string("start")))
    return .object(members)
  }
}

extension BarPlot {
  fileprivate var vegaLiteMembers: [(String, JSONText)] {
    var rows: [JSONText] = []
    let categories = distinctCategories
    for (category, name) in categories.enumerated() {
      for series in series {
        guard let value = series.value(category) else { continue }
        rows.append(
          .object([
            ("category", .string(name)),
            ("series", .string(VisibleText.line(series.name))), ("value", .number(value)),
            ("text", .string(VisibleText.line(axis.format.string(for: value)))),
          ]))
      }
    }
    let y: [(String, JSONText)] = [
      ("field", .string("category")), ("type", .string("nominal")), ("title", .string(VisibleText.line(categoryTitle))),
      ("sort", .array(categories.map { .string($0) })), ("axis", .object([("labelLimit", .integer(260))])),
      ("scale", .object([("paddingInner", .number(0.3))])),
    ]
    var places: [(String, JSONText)] = [
      ("y", .object(y)), ("x", field("value", "quantitative", title: axis.label)),
    ]
    if series.count > 1 {
      places.append(("yOffset", .object([("field", .string("series")), ("sort", names)])))
    }
    let color = series.count > 1 ? color(names, isReference: series.map(\.isReference)) : accent
    let tooltip = JSONText.array(["category", "series", "text"].map { .object([("field", .string($0))]) })
    let bars = JSONText.object([
      ("mark", .string("bar")), ("encoding", .object(places + [("color", color), ("tooltip", tooltip)])),
    ])
    let step: [(String, JSONText)] = [("step", .integer(series.count > 1 ? 15 : 26))]
    let height = series.count > 1 ? step + [("for", .string("offset"))] : step
    let layers = [bars] + [false, true].map { valueLayer(places, isNegative: $0) }
    return [data(rows), ("height", .object(height)), ("layer", .array(layers))]
  }

  /// The categories, with a number behind those that occurred before: equal ones would share a place.
  private var distinctCategories: [String] {
    var counts: [String: Int] = [:]
    return categories.map { category in
      let name = VisibleText.line(category)
      counts[name, default: 0] += 1
      let count = counts[name] ?? 1
      return count == 1 ? name : "\(name) #\(count)"
    }
  }

  /// The values in words at the ends of the bars.
  private func valueLayer(_ places: [(String, JSONText)], isNegative: Bool) -> JSONText {
    .object([
      ("transform", .array([.object([("filter", .string(isNegative ? "datum.value < 0" : "datum.value >= 0"))])])),
      (
        "mark",
        .object([
          ("type", .string("text")), ("align", .string(isNegative ? "right" : "left")),
          ("dx", .integer(isNegative ? -4 : 4)), ("fontSize", .integer(11)), ("color", .string("currentColor")),
          ("opacity", .number(0.75)),
        ])
      ),
      ("encoding", .object(places + [("text", .object([("field", .string("text"))]))])),
    ])
  }

  private var names: JSONText { .array(series.map { .string(VisibleText.line($0.name)) }) }
}

extension LinePlot {
  fileprivate var vegaLiteMembers: [(String, JSONText)] {
    var rows: [JSONText] = []
    for series in series {
      for (index, sample) in series.finiteSamples.enumerated() {
        rows.append(
          .object([
            ("series", .string(VisibleText.line(series.name))), ("order", .integer(index)), ("x", .number(sample.x)),
            ("y", .number(sample.y)), ("label", .string(VisibleText.line(sample.label))),
          ]))
      }
    }
    let names = JSONText.array(series.map { .string(VisibleText.line($0.name)) })
    let encoding: [(String, JSONText)] = [
      ("x", field("x", "quantitative", title: xAxis.label, includesZero: xAxis.includesZero)),
      ("y", field("y", "quantitative", title: yAxis.label, includesZero: yAxis.includesZero)),
      ("color", color(names, isReference: series.map(\.isReference))),
    ]
    let tooltip = JSONText.array(["series", "x", "y", "label"].map { .object([("field", .string($0))]) })
    var layers: [JSONText] = []
    for isConnected in [true, false] {
      let members = series.filter { $0.isConnected == isConnected }
      guard !members.isEmpty else { continue }
      let filter = JSONText.array([
        .object([
          (
            "filter",
            .object([
              ("field", .string("series")), ("oneOf", .array(members.map { .string(VisibleText.line($0.name)) })),
            ])
          )
        ])
      ])
      if isConnected {
        layers.append(
          .object([
            ("transform", filter), ("mark", .object([("type", .string("line"))])),
            ("encoding", .object(encoding + [("order", .object([("field", .string("order"))]))])),
          ]))
      }
      let shape = ("shape", JSONText.object([("field", .string("series")), ("scale", .object([("domain", names)]))]))
      layers.append(
        .object([
          ("transform", filter),
          ("mark", .object([("type", .string("point")), ("filled", .boolean(true)), ("size", .integer(60))])),
          ("encoding", .object(encoding + [shape, ("tooltip", tooltip)])),
        ]))
    }
    layers.append(
      .object([
        ("transform", .array([.object([("filter", .string("datum.label != ''"))])])),
        (
          "mark",
          .object([
            ("type", .string("text")), ("align", .string("left")), ("baseline", .string("top")),
            ("dx", .integer(7)), ("dy", .integer(5)), ("fontSize", .integer(11)),
          ])
        ),
        ("encoding", .object(encoding + [("text", .object([("field", .string("label"))]))])),
      ]))
    layers += guides.filter(\.value.isFinite).flatMap(\.vegaLiteLayers)
    return [data(rows), ("height", .integer(280)), ("layer", .array(layers))]
  }
}

extension LinePlot.Guide {
  fileprivate var vegaLiteLayers: [JSONText] {
    let channel = direction == .x ? "x" : "y"
    let place = (channel, JSONText.object([("datum", .number(value))]))
    let line: [(String, JSONText)] = [
      ("type", .string("rule")), ("strokeDash", .array([.integer(5), .integer(4)])),
      ("color", .string(Palette.reference.hex)),
    ]
    let words: [(String, JSONText)] = [
      ("type", .string("text")), ("text", .string(VisibleText.line(label))), ("align", .string("left")),
      ("baseline", .string("top")), ("dx", .integer(4)), ("dy", .integer(4)),
      ("color", .string(Palette.reference.hex)),
    ]
    let corner =
      direction == .x
      ? ("y", JSONText.object([("value", .integer(0))])) : ("x", JSONText.object([("value", .integer(0))]))
    let once = data([.object([])])
    return [
      .object([once, ("mark", .object(line)), ("encoding", .object([place]))]),
      .object([once, ("mark", .object(words)), ("encoding", .object([place, corner]))]),
    ]
  }
}

extension Histogram {
  fileprivate var vegaLiteMembers: [(String, JSONText)] {
    let rows = counts.indices.map { index in
      JSONText.object([
        ("from", .number(edges[index])), ("to", .number(edges[index + 1])), ("count", .integer(counts[index])),
      ])
    }
    let x: [(String, JSONText)] = [
      ("field", .string("from")), ("type", .string("quantitative")), ("bin", .string("binned")),
      ("title", .string(VisibleText.line(axis.label))),
    ]
    let encoding: [(String, JSONText)] = [
      ("x", .object(x)), ("x2", .object([("field", .string("to"))])),
      ("y", field("count", "quantitative", title: countTitle)),
      ("color", accent),
      ("tooltip", .array(["from", "to", "count"].map { .object([("field", .string($0))]) })),
    ]
    return [
      data(rows), ("height", .integer(240)), ("mark", .string("bar")), ("encoding", .object(encoding)),
    ]
  }
}

extension HeatMap {
  fileprivate var vegaLiteMembers: [(String, JSONText)] {
    var cells: [JSONText] = []
    for (row, rowName) in rows.enumerated() {
      for (column, columnName) in columns.enumerated() {
        let count = count(row, column)
        cells.append(
          .object([
            ("row", .string(VisibleText.line(rowName))), ("column", .string(VisibleText.line(columnName))),
            ("count", .integer(count)), ("text", .string(count > 0 ? String(count) : "")),
            ("share", .number(share(row, column))),
          ]))
      }
    }
    func axis(_ field: String, _ title: String, _ names: [String], _ more: [(String, JSONText)]) -> JSONText {
      .object([
        ("field", .string(field)), ("type", .string("nominal")), ("title", .string(VisibleText.line(title))),
        ("sort", .array(names.map { .string(VisibleText.line($0)) })), ("axis", .object(more)),
      ])
    }
    let places: [(String, JSONText)] = [
      ("y", axis("row", rowTitle, rows, [("labelLimit", .integer(180))])),
      ("x", axis("column", columnTitle, columns, [("orient", .string("top")), ("labelAngle", .integer(0))])),
    ]
    let opacity = JSONText.object([
      ("field", .string("share")), ("type", .string("quantitative")), ("legend", .null),
      (
        "scale",
        .object([
          ("domain", .array([.integer(0), .integer(1)])), ("range", .array([.number(0.06), .integer(1)])),
        ])
      ),
    ])
    let tooltip = JSONText.array(["row", "column", "count"].map { .object([("field", .string($0))]) })
    let rects = JSONText.object([
      ("mark", .string("rect")),
      ("encoding", .object(places + [("color", accent), ("opacity", opacity), ("tooltip", tooltip)])),
    ])
    let numbers = JSONText.object([
      ("mark", .object([("type", .string("text")), ("fontSize", .integer(11))])),
      (
        "encoding",
        .object(
          places + [
            ("text", .object([("field", .string("text"))])),
            (
              "color",
              .object([
                (
                  "condition",
                  .object([("test", .string("datum.share > 0.55")), ("value", .string("white"))])
                ), ("value", .string("currentColor")),
              ])
            ),
          ])
      ),
    ])
    return [data(cells), ("height", .object([("step", .integer(24))])), ("layer", .array([rects, numbers]))]
  }
}

private let accent = JSONText.object([("value", .string(Palette.accent.hex))])

private func data(_ rows: [JSONText]) -> (String, JSONText) {
  ("data", .object([("values", .array(rows))]))
}

private func field(_ name: String, _ type: String, title: String, includesZero: Bool = true) -> JSONText {
  .object([
    ("field", .string(name)), ("type", .string(type)), ("title", .string(VisibleText.line(title))),
    ("scale", .object([("zero", .boolean(includesZero))])),
  ])
}

private func color(_ names: JSONText, isReference: [Bool]) -> JSONText {
  let colors = Palette.colors(isReference: isReference).map { JSONText.string($0.hex) }
  return .object([
    ("field", .string("series")), ("title", .null),
    ("scale", .object([("domain", names), ("range", .array(colors))])),
  ])
}
