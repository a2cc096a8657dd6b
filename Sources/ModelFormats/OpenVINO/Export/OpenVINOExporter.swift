public import FoundationEssentials
public import Graphs

/// Writes graphs as OpenVINO IR.
public enum OpenVINOExporter {
  /// The two files of a model.
  public struct Files: Sendable {
    /// The .xml file.
    public let description: Data
    /// The .bin file.
    public let weights: Data
    /// How many layers compute something.
    public let layerCount: Int
  }

  /// The files of an IR, version 11, that computes what a graph computes.
  ///
  /// Quantized values are written as FakeQuantize, and quantized weights as integers with Convert, Subtract and Multiply
  /// behind them, the form in which OpenVINO runs networks on 8-bit integers.
  /// - Parameters:
  ///   - graph: a graph with types inferred.
  ///   - producer: the program's name and version for the file to carry.
  /// - Throws: `ModelFormatError.cannotExport` for an operator that IR has no layers for.
  public static func export(
    _ graph: Graph, producer: (name: String, version: String) = ("Octet", "")
  ) throws(ModelFormatError) -> Files {
    var exportable = try ExportableGraph(graph).graph
    do {
      try exportable.inferTypes()
    } catch { throw ModelFormatError(.cannotExport, error.description, context: error.node) }
    var document = try IRDocument(exportable)
    for node in exportable.nodes {
      guard let writer = IRLayerCatalog.writer(of: node.operatorName) else {
        throw document.cannotExport(node, "there is no layer for this operator")
      }
      try writer.write(node, to: &document)
    }
    try document.addOutputs()
    let words = [producer.name, producer.version].filter { !$0.isEmpty }.joined(separator: " ")
    let text = document.text(name: graph.name.isEmpty ? "graph" : graph.name, producer: words)
    return Files(description: Data(text.utf8), weights: document.weights, layerCount: document.computingLayerCount)
  }
}
