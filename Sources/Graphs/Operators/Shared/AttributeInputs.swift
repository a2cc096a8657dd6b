import Tensors

/// An operator that older opsets tell by attributes what newer ones hand it as inputs.
protocol AttributeInputs: Operator {
  /// The inputs that the attributes stand for.
  ///
  /// - Parameter elementType: the type of the operator's first input.
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)]

  /// The operator without these attributes.
  var withoutAttributeInputs: any Operator { get }
}

extension AttributeInputs {
  /// A list of integers as an input; none if it is left out.
  func input(_ slot: Int, _ name: String, _ list: [Int]?) -> [(slot: Int, name: String, value: Tensor)] {
    list.map { [(slot, name, Tensor(vector: $0.map { Int64($0) }))] } ?? []
  }
}

extension Clip: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    [(1, "min", lower), (2, "max", upper)].compactMap { slot, name, bound in
      bound.map { (slot, name, Tensor(scalar: $0).converted(to: elementType)) }
    }
  }

  var withoutAttributeInputs: any Operator { Clip() }
}

extension Slice: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    input(1, "starts", starts) + input(2, "ends", ends) + input(3, "axes", axes)
  }

  var withoutAttributeInputs: any Operator { Slice() }
}

extension Split: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    input(1, "split", split)
  }

  var withoutAttributeInputs: any Operator { Split(axis: axis, partCount: partCount) }
}

extension Squeeze: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    input(1, "axes", axes)
  }

  var withoutAttributeInputs: any Operator { Squeeze() }
}

extension Unsqueeze: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    input(1, "axes", axes)
  }

  var withoutAttributeInputs: any Operator { Unsqueeze() }
}

extension ReduceMean: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    input(1, "axes", axes)
  }

  var withoutAttributeInputs: any Operator { ReduceMean(keepsAxes: keepsAxes, keepsAllForNoAxes: keepsAllForNoAxes) }
}

extension Pad: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    let fill = value.map { [(2, "value", Tensor(scalar: $0).converted(to: elementType))] } ?? []
    return input(1, "pads", pads) + fill
  }

  var withoutAttributeInputs: any Operator { Pad(mode: mode) }
}

extension Reshape: AttributeInputs {
  func attributeInputs(elementType: ElementType) -> [(slot: Int, name: String, value: Tensor)] {
    input(1, "shape", shape)
  }

  var withoutAttributeInputs: any Operator { Reshape(allowsZero: allowsZero) }
}
