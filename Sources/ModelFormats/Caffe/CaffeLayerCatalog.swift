/// Turns layers of one kind into nodes.
protocol CaffeLayerConverter: Sendable {
  /// The types it converts, as prototxt files spell them.
  static var types: [String] { get }

  /// Adds the nodes of a layer, which the builder has turned to.
  ///
  /// - Throws: `ModelFormatError` naming the layer.
  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError)
}

/// Every layer type there is. A new one is one file in the folder Layers and one line here.
enum CaffeLayerCatalog {
  static let all: [any CaffeLayerConverter.Type] = [
    CaffeActivation.self,
    CaffeBatchNorm.self,
    CaffeConcat.self,
    CaffeConvolution.self,
    CaffeEltwise.self,
    CaffeFlatten.self,
    CaffeInnerProduct.self,
    CaffeLRN.self,
    CaffePassThrough.self,
    CaffePooling.self,
    CaffePower.self,
    CaffePReLU.self,
    CaffeReshape.self,
    CaffeScale.self,
    CaffeSoftmax.self,
  ]

  private static let byType = Dictionary(
    all.flatMap { converter in converter.types.map { ($0, converter) } }, uniquingKeysWith: { first, _ in first })

  /// The converter of a layer type; nil if the type is not supported.
  static func converter(of type: String) -> (any CaffeLayerConverter.Type)? { byType[type] }
}
