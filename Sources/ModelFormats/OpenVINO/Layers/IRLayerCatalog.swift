import Graphs

/// Turns layers of some types into nodes.
protocol IRLayerReader: Sendable {
  /// The types it reads, as .xml files spell them.
  static var types: [String] { get }

  /// Adds the nodes of a layer, which the builder has turned to.
  ///
  /// - Throws: `ModelFormatError` naming the layer.
  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError)
}

/// Turns nodes of some operators into layers.
protocol IRNodeWriter: Sendable {
  /// The operators it writes.
  static var operators: [any Operator.Type] { get }

  /// Adds the layers of a node.
  ///
  /// - Throws: `ModelFormatError.cannotExport` naming the node.
  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError)
}

/// Every layer type and operator that is read or written. A new one is one file in this folder and one line here.
enum IRLayerCatalog {
  static let readers: [any IRLayerReader.Type] = [
    IRActivation.self,
    IRArithmetic.self,
    IRAxes.self,
    IRBatchNormalization.self,
    IRBroadcast.self,
    IRConcat.self,
    IRConvert.self,
    IRConvolution.self,
    IRConvolutionBackpropData.self,
    IRDepthToSpace.self,
    IRFakeQuantize.self,
    IRGather.self,
    IRInterpolate.self,
    IRLRN.self,
    IRMatMul.self,
    IRPad.self,
    IRPooling.self,
    IRReduction.self,
    IRReshape.self,
    IRShapeOf.self,
    IRShuffleChannels.self,
    IRSlice.self,
    IRSoftmax.self,
    IRSplit.self,
    IRTranspose.self,
  ]

  static let writers: [any IRNodeWriter.Type] = [
    IRActivation.self,
    IRArithmetic.self,
    IRAxes.self,
    IRBatchNormalization.self,
    IRBroadcast.self,
    IRConcat.self,
    IRConvert.self,
    IRConvolution.self,
    IRConvolutionBackpropData.self,
    IRDepthToSpace.self,
    IRFakeQuantize.self,
    IRGather.self,
    IRInterpolate.self,
    IRLRN.self,
    IRMatMul.self,
    IRPad.self,
    IRPassThrough.self,
    IRPooling.self,
    IRReduction.self,
    IRReshape.self,
    IRShapeOf.self,
    IRSlice.self,
    IRSoftmax.self,
    IRSplit.self,
    IRTranspose.self,
  ]

  private static let readersByType = Dictionary(
    readers.flatMap { reader in reader.types.map { ($0, reader) } }, uniquingKeysWith: { first, _ in first })
  private static let writersByOperator = Dictionary(
    writers.flatMap { writer in writer.operators.map { ($0.name, writer) } }, uniquingKeysWith: { first, _ in first })

  /// The reader of a layer type; nil if the type is not supported.
  static func reader(of type: String) -> (any IRLayerReader.Type)? { readersByType[type] }

  /// The writer of an operator; nil if it cannot be written.
  static func writer(of operatorName: String) -> (any IRNodeWriter.Type)? { writersByOperator[operatorName] }
}
