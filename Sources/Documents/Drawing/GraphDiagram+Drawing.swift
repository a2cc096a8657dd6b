extension GraphDiagram: Drawing {
  private static let boxHeight = 34.0
  private static let pitch = 50.0
  private static let boxWidth = 188.0
  private static let lane = 9.0
  private static let legendHeight = 30.0
  private static let rowsAtMost = 26

  /// The diagram as an SVG file on a white card; the same diagram gives the same bytes on every machine.
  public func svg() -> String { page.svg() }

  /// The diagram as a PNG file on a white card. Throws `DocumentError` with code `drawing`.
  public func png(scale: Double = 2) throws(DocumentError) -> EncodedPicture { try page.png(scale: scale) }

  private var page: DrawnPage {
    DrawnPage(title: title, drawings: [self], width: drawnWidth + 36, description: alternativeText)
  }

  /// Where the boxes stand: each below what it reads, in columns like those of a newspaper.
  private struct Layout {
    var frames: [Rect] = []
    var columnWidth = 0.0
    var height = 0.0
    var laneOf: [Edge: Int] = [:]
    var columnOf: [Int] = []
  }

  private var drawnNodes: ArraySlice<Node> { nodes.prefix(Self.nodeLimit) }
  private var drawnEdges: [Edge] { edges.filter { $0.to < Self.nodeLimit } }
  private var rowsInColumn: Int {
    let count = drawnNodes.count
    let columns = max((count + Self.rowsAtMost - 1) / Self.rowsAtMost, 1)
    return max((count + columns - 1) / columns, 1)
  }
  private var columnCount: Int { max((drawnNodes.count + rowsInColumn - 1) / rowsInColumn, 1) }
  private var drawnWidth: Double { max(Double(columnCount) * layout.columnWidth, 420) }

  private var layout: Layout {
    var layout = Layout()
    let rows = rowsInColumn
    // Edges that pass boxes run in lanes at the right of their column, those that overlap in lanes of their own.
    var lanes: [[Edge]] = []
    for edge in drawnEdges where edge.to - edge.from > 1 || edge.from / rows != edge.to / rows {
      let free = lanes.firstIndex { $0.allSatisfy { $0.to <= edge.from || $0.from >= edge.to } }
      if let free {
        lanes[free].append(edge)
        layout.laneOf[edge] = free
      } else {
        layout.laneOf[edge] = lanes.count
        lanes.append([edge])
      }
    }
    layout.columnWidth = Self.boxWidth + 22 + Double(min(lanes.count, 6)) * Self.lane + 10
    for index in drawnNodes.indices {
      let (column, row) = (index / rows, index % rows)
      layout.columnOf.append(column)
      layout.frames.append(
        Rect(
          x: Double(column) * layout.columnWidth, y: Double(row) * Self.pitch, width: Self.boxWidth,
          height: Self.boxHeight))
    }
    layout.height = Double(min(rows, max(drawnNodes.count, 1))) * Self.pitch
    return layout
  }

  private var hasLegend: Bool { !categories.isEmpty || !scaleTitle.isEmpty }
  private var moreHeight: Double { nodes.count > Self.nodeLimit ? 22 : 0 }

  func height(width: Double) -> Double {
    let factor = min(width / drawnWidth, 1)
    return (hasLegend ? Self.legendHeight : 0) + layout.height * factor + moreHeight
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    let layout = layout
    var y = frame.y
    if hasLegend {
      drawLegend(on: &canvas, x: frame.x, y: y)
      y += Self.legendHeight
    }
    let factor = min(frame.width / drawnWidth, 1)
    func place(_ x: Double, _ inner: Double) -> Point { Point(x: frame.x + x * factor, y: y + inner * factor) }
    for edge in drawnEdges {
      let (from, to) = (layout.frames[edge.from], layout.frames[edge.to])
      var points: [Point]
      if let lane = layout.laneOf[edge] {
        let offset = 14 + Double(lane % 6) * Self.lane
        let fromX = from.maxX + offset
        points = [place(from.maxX, from.midY + 6), place(fromX, from.midY + 6)]
        if layout.columnOf[edge.from] == layout.columnOf[edge.to] {
          points += [place(fromX, to.midY - 6), place(to.maxX, to.midY - 6)]
        } else {
          let gutter = to.x - 7
          points += [place(fromX, -4), place(gutter, -4), place(gutter, to.midY), place(to.x, to.midY)]
        }
      } else {
        points = [place(from.midX, from.maxY), place(to.midX, to.y)]
      }
      canvas.stroke(points, Palette.reference, width: 1, dash: [])
      drawTip(on: &canvas, points, factor)
    }
    for (node, box) in zip(drawnNodes, layout.frames) {
      let corner = place(box.x, box.y)
      let rect = Rect(x: corner.x, y: corner.y, width: box.width * factor, height: box.height * factor)
      draw(node, in: rect, factor, on: &canvas)
    }
    if moreHeight > 0 {
      canvas.write(
        "\(nodes.count - Self.nodeLimit) more layers not drawn", x: frame.x, centeredAt: frame.maxY - 8,
        TextStyle(size: 11, color: Palette.quiet))
    }
  }

  private func draw(_ node: Node, in rect: Rect, _ factor: Double, on canvas: inout some Canvas) {
    canvas.fill(rect, Palette.reference, cornerRadius: 4)
    canvas.fill(rect.inset(1), Palette.background, cornerRadius: 3)
    switch node.shade {
    case .none: break
    case .category(let index):
      let stripe = Rect(x: rect.x, y: rect.y, width: 6 * factor, height: rect.height)
      canvas.fill(stripe, Self.color(ofCategory: index))
    case .fraction(let fraction):
      let part = fraction.isFinite ? min(max(fraction, 0), 1) : 0
      let bar = Rect(
        x: rect.x + 1, y: rect.maxY - 5 * factor, width: max((rect.width - 2) * part, 0), height: 4 * factor)
      canvas.fill(rect.inset(1), Self.tint(part), cornerRadius: 3)
      canvas.fill(bar, Palette.accent)
    }
    let x = rect.x + 12 * factor
    let limit = rect.width - 18 * factor
    canvas.write(
      node.label, x: x, centeredAt: rect.y + rect.height * (node.detail.isEmpty ? 0.5 : 0.32),
      TextStyle(size: 10.5 * factor, isBold: true), limit: limit)
    if !node.detail.isEmpty {
      canvas.write(
        node.detail, x: x, centeredAt: rect.y + rect.height * 0.68,
        TextStyle(size: 9.5 * factor, color: Palette.quiet), limit: limit)
    }
  }

  private func drawTip(on canvas: inout some Canvas, _ points: [Point], _ factor: Double) {
    guard points.count > 1 else { return }
    let (before, tip) = (points[points.count - 2], points[points.count - 1])
    let (dx, dy) = (tip.x - before.x, tip.y - before.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
    let (ux, uy) = (dx / length, dy / length)
    let size = 5 * factor
    canvas.fill(
      [
        tip, Point(x: tip.x - ux * size - uy * size * 0.6, y: tip.y - uy * size + ux * size * 0.6),
        Point(x: tip.x - ux * size + uy * size * 0.6, y: tip.y - uy * size - ux * size * 0.6),
      ], Palette.reference)
  }

  private func drawLegend(on canvas: inout some Canvas, x: Double, y: Double) {
    var x = x
    for (index, name) in categories.enumerated() {
      canvas.fill(Rect(x: x, y: y + 4, width: 10, height: 10), Self.color(ofCategory: index))
      canvas.write(name, x: x + 15, centeredAt: y + 9, TextStyle(size: 11))
      x += 15 + FontMetrics.width(of: VisibleText.line(name), size: 11) + 18
    }
    guard !scaleTitle.isEmpty else { return }
    canvas.write("\(scaleTitle): 0", x: x, centeredAt: y + 9, TextStyle(size: 11))
    x += FontMetrics.width(of: VisibleText.line("\(scaleTitle): 0"), size: 11) + 8
    for step in 0..<24 {
      canvas.fill(Rect(x: x + Double(step) * 4, y: y + 4, width: 4, height: 10), Self.tint(Double(step) / 23))
    }
    canvas.write(scaleMaximum, x: x + 104, centeredAt: y + 9, TextStyle(size: 11))
  }

  private static func color(ofCategory index: Int) -> Color {
    let colors = Palette.colors(isReference: [true] + [Bool](repeating: false, count: max(index, 0)))
    return colors.indices.contains(index) ? colors[index] : Palette.reference
  }

  /// From white to a light accent, dark enough to be told apart and light enough to be written on.
  private static func tint(_ part: Double) -> Color {
    func mix(_ low: UInt8, _ high: UInt8) -> UInt32 { UInt32(Double(low) + (Double(high) - Double(low)) * part) }
    let target = Color(0x9CC4F2)
    return Color(
      mix(Palette.background.red, target.red) << 16 | mix(Palette.background.green, target.green) << 8
        | mix(Palette.background.blue, target.blue))
  }
}
