import Graphs
import Tensors

/// Matrix products. One of a matrix with constant weights is a Gemm, so that a bias behind it can become part of it.
enum IRMatMul: IRLayerReader, IRNodeWriter {
  static let types = ["MatMul"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let transposes = [try layer.bool("transpose_a", default: false), try layer.bool("transpose_b", default: false)]
    let ranks = [try builder.shape(0).rank, try builder.shape(1).rank]
    var inputs = [try builder.input(0), try builder.input(1)]
    if ranks == [2, 2] {
      let attributes = zip(["transA", "transB"], transposes).filter(\.1).map { ($0.0, AttributeValue.integer(1)) }
      return builder.set(
        try builder.apply("Gemm", inputs, Dictionary(attributes, uniquingKeysWith: { first, _ in first })))
    }
    for place in 0..<2 where transposes[place] && ranks[place] >= 2 {
      let rank = ranks[place]
      let order = Array(0..<(rank - 2)) + [rank - 1, rank - 2]
      inputs[place] = try builder.apply(
        "Transpose", [inputs[place]], ["perm": .integers(order.map(Int64.init))], part: "transposed_\(place)")
    }
    builder.set(try builder.apply("MatMul", inputs))
  }

  static let operators: [any Operator.Type] = [MatMul.self, Gemm.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let inputs = [try document.input(0, of: node), try document.input(1, of: node)]
    let output = try document.outputType(node)
    let gemm = node.op as? Gemm
    var port = document.add(
      "MatMul", name: node.name,
      [("transpose_a", "\(gemm?.transA ?? false)"), ("transpose_b", "\(gemm?.transB ?? false)")], inputs, gives: output)
    if let gemm {
      port = scaled(port, gemm.alpha, node, "alpha", &document)
      if node.inputs.count > 2, node.inputs[2] != nil {
        if let bias = document.constant(2, of: node), bias.elementCount == output.shape.dimensions.last {
          let floats = gemm.beta == 1 ? bias : Tensor(vector: bias.floats.map { $0 * gemm.beta })
          port = try IRConvolution.add(floats, [1, bias.elementCount], to: port, node, &document)
        } else {
          let bias = scaled(try document.input(2, of: node), gemm.beta, node, "beta", &document)
          port = document.add(
            "Add", name: "\(node.name)/biased", [("auto_broadcast", "numpy")], [port, bias], gives: output)
        }
      }
    }
    document.set(node, port)
  }

  private static func scaled(
    _ port: IRDocument.Port, _ factor: Float, _ node: Node, _ suffix: String, _ document: inout IRDocument
  ) -> IRDocument.Port {
    guard factor != 1 else { return port }
    let constant = document.add(
      Tensor(scalar: factor).converted(to: port.type.elementType), named: "\(node.name)/\(suffix)")
    return document.add(
      "Multiply", name: "\(node.name)/by_\(suffix)", [("auto_broadcast", "numpy")], [port, constant], gives: port.type)
  }
}
