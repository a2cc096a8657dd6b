/// Layers that hand their input on: Dropout outside of training, and Split.
enum CaffePassThrough: CaffeLayerConverter {
  static let types = ["Dropout", "Split"]

  static func convert(_ layer: CaffeLayer, into builder: inout CaffeGraphBuilder) throws(ModelFormatError) {
    try builder.require(tops: 1...Int.max)
    builder.finish(try builder.bottom())
  }
}
