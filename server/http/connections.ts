import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { addressKey } from './address-key.ts';

export interface ConnectionLimits {
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
}

export interface ConnectionOptions extends ConnectionLimits {
  /** Connections from a proxy are those of many callers: they are not counted by address. */
  readonly isProxy: (address: string) => boolean;
  readonly onDropped: (why: 'perAddress' | 'inAll', key: string) => void;
}

interface Connection {
  /** Over TLS, once the two sides have agreed, the socket that speaks in the clear to us. */
  socket: Socket;
  readonly group: Group;
  /** The latest request that came over it. */
  request: IncomingMessage | null;
  /** Its answers that are not whole yet. Only the first of them may use the connection; the others wait behind it. */
  readonly underWay: Set<ServerResponse>;
}

/** The connections of one address. The one that changed longest ago comes first. */
interface Group {
  readonly key: string;
  readonly max: number;
  readonly connections: Set<Connection>;
}

interface Registry {
  readonly groups: Map<string, Group>;
  readonly connections: Set<Connection>;
  readonly bySocket: WeakMap<Socket, Connection>;
}

/** The connections there are, of all servers that it watches together. */
export interface LimitedConnections extends Iterable<Connection> {
  watch(server: Server): void;
}

/**
 * Keeps the number of connections within its limits. A new connection over a limit takes the place of the one that
 * has waited longest for its caller: of the same address, or of the address that has the most. A connection whose
 * request is being worked on is never closed; where all are, the new one is.
 */
export function limitConnections(options: ConnectionOptions): LimitedConnections {
  const registry: Registry = { groups: new Map(), connections: new Set(), bySocket: new WeakMap() };
  return {
    [Symbol.iterator]: () => registry.connections.values(),
    watch(server) {
      const byCaller = new Map<string, Connection>();
      server.on('connection', (socket: Socket) => {
        const group = groupOf(registry, socket.remoteAddress ?? '', options);
        if (!hasRoom(registry, group, options)) {
          socket.destroy();
          return;
        }
        const caller = callerOf(socket);
        byCaller.set(caller, add(registry, group, socket));
        socket.once('close', () => byCaller.delete(caller));
      });
      server.on('secureConnection', (socket: TLSSocket) => {
        const connection = byCaller.get(callerOf(socket));
        if (!connection) return;
        connection.socket = socket;
        registry.bySocket.set(socket, connection);
      });
      server.on('request', (request, response) => {
        const connection = registry.bySocket.get(request.socket);
        if (connection) follow(connection, request, response);
      });
    },
  };
}

/** A caller's address and port belong to one open connection of a server, and are the same beneath TLS and above it. */
export function callerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ''} ${String(remotePort ?? '')}`;
}

function groupOf(
  { groups }: Registry,
  address: string,
  { isProxy, connectionsPerAddressMax }: ConnectionOptions,
): Group {
  const key = addressKey(address);
  const max = isProxy(address) ? Infinity : connectionsPerAddressMax;
  return groups.get(key) ?? { key, max, connections: new Set() };
}

/** Whether there is room for one more of the group. If the limits are reached, it tries to make room. */
function hasRoom(
  registry: Registry,
  group: Group,
  { connectionsMax, onDropped }: ConnectionOptions,
): boolean {
  if (group.connections.size >= group.max) {
    onDropped('perAddress', group.key);
    return makeRoomIn(registry, group);
  }
  if (registry.connections.size < connectionsMax) return true;
  const made = makeRoom(registry);
  onDropped('inAll', (made ?? group).key);
  return made !== null;
}

function add(registry: Registry, group: Group, socket: Socket): Connection {
  const connection: Connection = { socket, group, request: null, underWay: new Set<ServerResponse>() };
  group.connections.add(connection);
  registry.groups.set(group.key, group);
  registry.connections.add(connection);
  registry.bySocket.set(socket, connection);
  socket.once('close', () => {
    remove(registry, connection);
    process.nextTick(closeWaiting, connection);
  });
  return connection;
}

function remove({ groups, connections }: Registry, connection: Connection): void {
  const { group } = connection;
  connections.delete(connection);
  group.connections.delete(connection);
  if (group.connections.size === 0 && groups.get(group.key) === group) groups.delete(group.key);
}

/** Closes the connection of the group that has waited longest for its caller, if any does. */
function makeRoomIn(registry: Registry, group: Group): boolean {
  for (const connection of group.connections) {
    if (!waitsForCaller(connection)) continue;
    remove(registry, connection);
    connection.socket.destroy();
    return true;
  }
  return false;
}

/** Does the same in the largest group where it is possible, and returns that group. */
function makeRoom(registry: Registry): Group | null {
  const tried = new Set<Group>();
  for (;;) {
    let largest: Group | null = null;
    for (const group of registry.groups.values()) {
      if (tried.has(group)) continue;
      if (!largest || group.connections.size > largest.connections.size) largest = group;
    }
    if (!largest || makeRoomIn(registry, largest)) return largest;
    tried.add(largest);
  }
}

function follow(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
  connection.request = request;
  connection.underWay.add(response);
  putLast(connection);
  response.once('close', () => {
    connection.underWay.delete(response);
    putLast(connection);
  });
}

/**
 * Node up to some 24.x emits nothing on answers that wait for their turn on a closed connection. They are closed
 * here; otherwise everything that is held until an answer closes would be held for ever.
 */
function closeWaiting({ underWay }: Connection): void {
  for (const response of underWay) {
    response.destroy();
    response.emit('close');
  }
}

/** Whether there is no request under way, or its body has not come whole, or the caller does not take the answer. */
function waitsForCaller({ socket, request, underWay }: Connection): boolean {
  return underWay.size === 0 || request?.complete === false || socket.writableLength > 0;
}

function putLast(connection: Connection): void {
  const { connections } = connection.group;
  if (connections.delete(connection)) connections.add(connection);
}
