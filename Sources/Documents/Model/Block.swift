/// One part of a document, from one line of text to a whole table.
public indirect enum Block: Sendable, Equatable, Codable {
  /// A heading inside the document: level 1 right below the title, level 2 below that, level 3 the smallest.
  case heading(String, level: Int)
  /// Running text.
  case paragraph(RichText)
  /// Points, one a line.
  case list([RichText])
  /// Labelled values.
  case facts(FactList)
  /// Rows and columns.
  case table(Table)
  /// A chart.
  case chart(Chart)
  /// Pictures with captions and labelled bars.
  case gallery(ImageGrid)
  /// A picture of a graph.
  case diagram(GraphDiagram)
  /// A remark set apart from the text.
  case callout(Callout)
  /// How far a running task has come.
  case progress(ProgressBar)
  /// Blocks that stay folded until they are asked for.
  case details(summary: String, blocks: [Block])
  /// Preformatted text in a fixed-width face.
  case code(String)

  var tables: [Table] {
    switch self {
    case .table(let table): [table]
    case .details(_, let blocks): blocks.flatMap(\.tables)
    default: []
    }
  }

  var charts: [Chart] {
    switch self {
    case .chart(let chart): [chart]
    case .details(_, let blocks): blocks.flatMap(\.charts)
    default: []
    }
  }
}
