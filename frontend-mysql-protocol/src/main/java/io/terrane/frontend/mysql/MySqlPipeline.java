package io.terrane.frontend.mysql;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.terrane.frontend.mysql.connection.ConnectionEnvironment;
import io.terrane.frontend.mysql.connection.MySqlConnection;
import io.terrane.frontend.mysql.packet.PacketDecoder;

/** Sets up each new channel: bytes → packets → the connection. */
@ChannelHandler.Sharable
final class MySqlPipeline extends ChannelInitializer<Channel> {
  private final ConnectionEnvironment environment;

  MySqlPipeline(ConnectionEnvironment environment) {
    this.environment = environment;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(new PacketDecoder(ConnectionEnvironment.LOGIN_PACKET_BYTES_MAX))
        .addLast(new MySqlConnection(environment));
  }
}
