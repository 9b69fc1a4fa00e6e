// The types of the contract, from descriptors that ConnectClientsIT writes.
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { readFileSync } from "node:fs";

const types = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(process.env.CHITTY_DESCRIPTORS)));

export const ChatService = types.getService("chittychat.v1.ChatService");
export const ErrorInfo = types.getMessage("google.rpc.ErrorInfo");
export const BadRequest = types.getMessage("google.rpc.BadRequest");
export const RetryInfo = types.getMessage("google.rpc.RetryInfo");

export const JOINED = 1;
export const PUBLISHED = 2;
export const LEFT = 3;
