export { ChatWorkerModule } from './chat-worker.module';
export { ChatModule } from './chat.module';
export { MessageView } from './message/message.view';
