/// A rewriting of a graph that keeps what it computes.
public protocol Pass: Sendable {
  /// A name for logs and errors, as `foldConstants`.
  static var name: String { get }

  /// Rewrites the graph; shapes are inferred before, and are inferred and checked again after.
  ///
  /// - Throws: `GraphError`; the graph is then left in an undefined state.
  func run(on graph: inout Graph) throws(GraphError)
}
