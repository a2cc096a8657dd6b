import Graphs
import Tensors

/// Functions of two tensors that are spread over each other.
///
/// An Add of one constant a channel behind a convolution or matrix product becomes its bias. Subtract and Multiply of
/// constant 8-bit integers are part of how compressed weights are written.
enum IRArithmetic: IRLayerReader, IRNodeWriter {
  private static let pairs: [(type: String, op: any Operator.Type)] = [
    ("Add", Add.self), ("Subtract", Sub.self), ("Multiply", Mul.self), ("Divide", Div.self), ("Maximum", Max.self),
    ("Minimum", Min.self), ("Power", Pow.self),
  ]

  static let types = pairs.map(\.type)

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    guard ["numpy", "none"].contains(layer.attributes["auto_broadcast"] ?? "numpy") else {
      throw layer.error(.unsupportedFeature, "spreads its inputs in another way than NumPy, which is not supported")
    }
    if let constant = try quantized(layer, builder) { return builder.set(.quantized(constant)) }
    let (a, b) = (try builder.input(0), try builder.input(1))
    if layer.type == "Add", let biased = try biased(layer, a, b, &builder) { return builder.set(biased) }
    guard let op = pairs.first(where: { $0.type == layer.type })?.op else { return }
    builder.set(try builder.apply(op.name, [a, b]))
  }

  private static func quantized(
    _ layer: IRLayer, _ builder: IRGraphBuilder
  ) throws(ModelFormatError) -> QuantizedConstant? {
    let (first, second) = (try builder.value(0), try builder.value(1))
    switch (layer.type, first, second) {
    case ("Subtract", .quantized(let constant), _): return try builder.constant(1).flatMap(constant.subtracting)
    case ("Multiply", .quantized(let constant), _): return try builder.constant(1).flatMap(constant.multiplied)
    case ("Multiply", _, .quantized(let constant)): return try builder.constant(0).flatMap(constant.multiplied)
    default: return nil
    }
  }

  private static func biased(
    _ layer: IRLayer, _ a: ValueID, _ b: ValueID, _ builder: inout IRGraphBuilder
  ) throws(ModelFormatError) -> ValueID? {
    for (place, input) in [(0, a), (1, b)] where builder.isOnlyReader(of: place) {
      guard let node = builder.producer(of: input), let type = builder.type(of: input),
        let constant = try builder.constant(1 - place),
        let (axis, numbers) = QuantizedConstant.spreadAlongAxis(constant, over: type.shape), node.inputs.count == 2,
        constant.shape.rank <= type.shape.rank
      else { continue }
      let channels = type.shape.rank > 1 ? type.shape[1] : 0
      guard axis == 1 || axis == nil && channels == 1 else { continue }
      let bias = builder.add(Tensor(vector: numbers), "bias")
      if node.op is Conv || node.op is Gemm {
        builder.replaceProducer(of: input, node.op, node.inputs + [bias])
        return input
      }
    }
    return nil
  }

  static let operators: [any Operator.Type] = pairs.map(\.op) + [Sum.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let type = node.op is Sum ? "Add" : pairs.first { $0.op.name == node.operatorName }?.type ?? "Add"
    let output = try document.outputType(node)
    var port = try document.input(0, of: node)
    for place in node.inputs.indices.dropFirst() {
      let other = try document.input(place, of: node)
      let isLast = place == node.inputs.count - 1
      let shape: Shape
      do {
        shape = isLast ? output.shape : try Shape(spreading: port.shape, over: other.shape)
      } catch { throw document.cannotExport(node, "its inputs do not fit") }
      port = document.add(
        type, name: isLast ? node.name : "\(node.name)/\(place)", [("auto_broadcast", "numpy")], [port, other],
        gives: ValueType(output.elementType, shape))
    }
    document.set(node, port)
  }
}

extension Shape {
  /// The shape of two that are spread over each other, as NumPy does.
  fileprivate init(spreading a: Shape, over b: Shape) throws(TensorError) {
    let rank = max(a.rank, b.rank)
    func extent(_ shape: Shape, _ axis: Int) -> Int {
      axis < rank - shape.rank ? 1 : shape[axis - (rank - shape.rank)]
    }
    try self.init((0..<rank).map { extent(a, $0) == 1 ? extent(b, $0) : extent(a, $0) })
  }
}
