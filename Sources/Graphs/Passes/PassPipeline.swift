/// Passes that run one after the other.
public struct PassPipeline: Sendable {
  public let passes: [any Pass]

  public init(_ passes: [any Pass]) { self.passes = passes }

  /// What every imported model goes through. A new pass is one file in this folder and one line here.
  public static let canonical = PassPipeline([
    ModernizeOperators(),
    FoldConstants(),
    EliminateIdentity(),
    CanonicalizePadding(),
    DecomposeTransposedConvolution(),
    FoldBatchNormalization(),
    DistributeActivation(),
    FuseActivation(),
    FoldChannelQuantization(),
    PropagateQuantization(),
    EliminateDeadNodes(),
  ])

  /// Runs the passes, and after each one infers types and checks that the graph is valid.
  ///
  /// - Throws: `GraphError` whose message names the pass; the graph is then as it was before.
  public func run(_ graph: inout Graph) throws(GraphError) {
    var rewritten = graph
    try rewritten.inferTypes()
    for pass in passes {
      do {
        try pass.run(on: &rewritten)
        try rewritten.inferTypes()
        try rewritten.validate()
      } catch {
        throw GraphError(
          error.code, "\(error.message) (in the pass \(type(of: pass).name))", operatorName: error.operatorName,
          node: error.node)
      }
    }
    graph = rewritten
  }
}
