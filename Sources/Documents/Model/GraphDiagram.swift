/// A picture of a graph: boxes from top to bottom, arrows between them, coloured by a category or by a number.
public struct GraphDiagram: Sendable, Equatable, Codable {
  /// One box.
  public struct Node: Sendable, Equatable, Codable {
    /// What it is, in the first line.
    public var label: String
    /// What is known of it, in the second line; empty for none.
    public var detail: String
    /// What decides on its colour.
    public var shade: Shade

    /// Creates a box.
    public init(label: String, detail: String = "", shade: Shade = .none) {
      self.label = label
      self.detail = detail
      self.shade = shade
    }
  }

  /// What decides on the colour of a box.
  public enum Shade: Sendable, Equatable, Codable {
    /// No colour.
    case none
    /// One of the diagram's categories, by its index.
    case category(Int)
    /// A part of the largest value, from 0 to 1.
    case fraction(Double)
  }

  /// An arrow from one box to another, by their indices.
  public struct Edge: Sendable, Hashable, Codable {
    /// Where it begins.
    public var from: Int
    /// Where it ends; a later box.
    public var to: Int

    /// Creates an arrow.
    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// What the picture shows.
  public var title: String
  /// The boxes in an order in which all arrows point forward.
  public var nodes: [Node]
  /// The arrows; those that point back or nowhere are not drawn.
  public var edges: [Edge]
  /// The names of the categories.
  public var categories: [String]
  /// What the colour of fractions means, such as `Share of the time`; empty for none.
  public var scaleTitle: String
  /// The value of the fraction 1 in words.
  public var scaleMaximum: String

  /// Creates a diagram.
  public init(
    title: String, nodes: [Node], edges: [Edge], categories: [String] = [], scaleTitle: String = "",
    scaleMaximum: String = ""
  ) {
    self.title = title
    self.nodes = nodes
    self.edges = edges.filter { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) && $0.from < $0.to }
    self.categories = categories
    self.scaleTitle = scaleTitle
    self.scaleMaximum = scaleMaximum
  }

  /// How many boxes are drawn at most.
  public static let nodeLimit = 400

  var alternativeText: String {
    let meaning =
      categories.isEmpty ? (scaleTitle.isEmpty ? "" : ", coloured by \(scaleTitle)") : ", coloured by category"
    return "\(title). Graph of \(nodes.count) boxes and \(edges.count) arrows\(meaning)"
  }
}

extension GraphDiagram {
  /// Reads a graph that was written down; arrows between boxes that there are not are left out, and shades are possible ones.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      title: try fields.decode(String.self, forKey: .title),
      nodes: try fields.decode([Node].self, forKey: .nodes).map(\.withPossibleShade),
      edges: try fields.decode([Edge].self, forKey: .edges),
      categories: try fields.decode([String].self, forKey: .categories),
      scaleTitle: try fields.decode(String.self, forKey: .scaleTitle),
      scaleMaximum: try fields.decode(String.self, forKey: .scaleMaximum))
  }
}

extension GraphDiagram.Node {
  fileprivate var withPossibleShade: Self {
    switch shade {
    case .none: self
    case .category(let index): Self(label: label, detail: detail, shade: .category(max(index, 0)))
    case .fraction(let part): Self(label: label, detail: detail, shade: .fraction(part >= 0 ? min(part, 1) : 0))
    }
  }
}
